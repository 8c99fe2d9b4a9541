package io.mlopscore.console;

import io.mlopscore.tracking.ModelStage;
import io.mlopscore.tracking.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads what is asked before a version moves to another of MLflow's stages: who loads a model by
/// its stage gets the newest version there.
record StageConfirmation(Visit visit) {
  Page page() {
    var stage = ModelStage.of(visit.query("stage"));
    var version = visit.registry().version(visit.path("name"), VersionReading.number(visit));
    var archive = stage.isActive() && visit.query("archive").equals("yes");
    var href = visit.links().version(version.name(), version.version());
    return new ConfirmPage(
        "Set the stage of %s version %d to %s?"
            .formatted(version.name(), version.version(), stage.word()),
        lines(version, stage, archive),
        href + "/stage",
        List.of(new Field("stage", stage.word()), new Field("archive", archive ? "yes" : "")),
        "Set the stage",
        href,
        false);
  }

  private List<String> lines(ModelVersion version, ModelStage stage, boolean archive) {
    var there = others(version, stage.word());
    var lines = new ArrayList<String>();
    if (version.stage().equals(stage.word())) {
      lines.add("It is there already.");
    } else if (!version.stage().equals(ModelStage.NONE.word())) {
      lines.add("It leaves " + version.stage() + ".");
      lines.add(loads(version, version.stage(), others(version, version.stage())));
    }
    if (stage.isActive() && !there.isEmpty()) {
      lines.add((archive ? "It archives version " : "There too: version ") + listed(there) + ".");
    }
    if (stage != ModelStage.NONE) {
      var then = new ArrayList<>(archive ? List.of() : there);
      then.add(version.version());
      lines.add(loads(version, stage.word(), then));
    }
    return lines;
  }

  private List<Integer> others(ModelVersion version, String stage) {
    return visit.registry().versions(version.name()).stream()
        .filter(other -> other.version() != version.version() && other.stage().equals(stage))
        .map(ModelVersion::version)
        .toList();
  }

  private static String listed(List<Integer> versions) {
    return versions.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String loads(ModelVersion version, String stage, List<Integer> there) {
    return "Whoever loads models:/%s/%s %s."
        .formatted(
            version.name(),
            stage,
            there.stream()
                .max(Integer::compare)
                .map(newest -> "gets version " + newest)
                .orElse("will fail"));
  }
}
