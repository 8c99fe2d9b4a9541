package io.mlopscore.console;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads what is asked before something happens.
record Confirmations(Visit visit) {
  Page deleteRuns() {
    var runs = visit.queries("run").stream().distinct().map(visit.store()::run).toList();
    if (runs.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Choose runs in the table of an experiment first.");
    }
    var names = runs.stream().map(Run::info).map(Pages::name).toList();
    return new ConfirmPage(
        "Delete "
            + (runs.size() == 1 ? "the run " + names.getFirst() : runs.size() + " runs")
            + "?",
        Stream.concat(
                runs.size() == 1 ? Stream.of() : Stream.of(String.join(", ", names)),
                Stream.of(
                    "Deleted runs stay in the bin of the experiment and can be restored, until"
                        + " mlops server gc removes them."))
            .toList(),
        visit.links().root() + "/runs/delete",
        runs.stream().map(run -> new Field("run", run.info().runId())).toList(),
        "Delete",
        runs.size() == 1
            ? visit.links().run(runs.getFirst().info().runId())
            : visit.links().experiment(runs.getFirst().info().experimentId()),
        true);
  }

  Page deleteExperiment() {
    var experiment = visit.store().experiment(visit.path("id"));
    var runs = visit.tracking().activity(List.of(experiment.id())).get(experiment.id());
    var href = visit.links().experiment(experiment.id());
    return new ConfirmPage(
        "Delete the experiment " + experiment.name() + "?",
        List.of(
            "With it go " + Pages.count(runs == null ? 0 : runs.runs(), "run") + ".",
            "All of it stays in the bin and can be restored."),
        href + "/delete",
        List.of(),
        "Delete",
        href,
        true);
  }

  Page deleteModel() {
    var model = ModelReading.model(visit, visit.path("name"));
    var href = visit.links().model(model.name());
    return new ConfirmPage(
        "Delete " + model.name() + "?",
        List.of(
            "With it go all its versions, aliases and tags. This cannot be undone; the files stay.",
            aliases(model.aliases().keySet().stream().sorted().toList(), model.name())),
        href + "/delete",
        List.of(),
        "Delete for ever",
        href,
        true);
  }

  private static String aliases(List<String> aliases, String name) {
    return aliases.isEmpty()
        ? "No alias points at it."
        : "Whoever loads models:/" + name + "@" + String.join(", @", aliases) + " will fail.";
  }

  Page deleteVersion() {
    var name = visit.path("name");
    var number = VersionReading.number(visit);
    var version = visit.registry().version(name, number);
    var href = visit.links().version(name, number);
    return new ConfirmPage(
        "Delete " + name + " version " + number + "?",
        List.of(
            "This cannot be undone, and the number is not used again; the files stay.",
            aliases(Pages.aliases(version.aliases()), name)),
        href + "/delete",
        List.of(),
        "Delete for ever",
        href,
        true);
  }

  /// Says which version an alias leaves.
  Page promote() {
    var alias = new Form(Map.of("alias", List.of(visit.query("alias"))));
    var name = visit.path("name");
    var wanted = alias.required("alias", "The alias");
    var version = new Form(Map.of("version", List.of(visit.query("version")))).version();
    var model = ModelReading.model(visit, name);
    var target = visit.registry().version(name, version);
    var former = model.aliases().get(wanted);
    var lines = new ArrayList<String>();
    if (former == null) {
      lines.add("The alias is new.");
    } else if (former == version) {
      lines.add("It points there already; nothing changes.");
    } else {
      lines.add("It replaces version " + former + ", at which " + wanted + " points now.");
      lines.add("Take it back with: mlops models promote " + name + " previous --to " + wanted);
    }
    lines.add("Whoever loads models:/" + name + "@" + wanted + " gets version " + version + ".");
    return new ConfirmPage(
        "Point " + wanted + " at " + name + " version " + target.version() + "?",
        lines,
        visit.links().model(name) + "/aliases",
        List.of(new Field("alias", wanted), new Field("version", Integer.toString(version))),
        former == null ? "Set the alias" : "Move the alias",
        visit.links().model(name),
        false);
  }

  Page deleteUser() {
    var name = visit.path("name");
    return new ConfirmPage(
        "Delete the user " + name + "?",
        List.of(
            "They can log in no more, and what they were granted is gone. What they made stays."),
        visit.links().user(name) + "/delete",
        List.of(),
        "Delete",
        visit.links().user(name),
        true);
  }
}
