package io.mlopscore.app;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Promotion;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops models promote`.
@Command(
    name = "promote",
    description = "Moves an alias to a version, and says which one it left.",
    footer = {
      "%nThe version that the alias left is kept in the model's tag mlops.previous.<alias>; go back "
          + "to it with: mlops models promote MODEL previous --to <alias>"
    },
    mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The registered model.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      defaultValue = "latest",
      description = "A number, another alias such as @candidate, latest or previous (latest).")
  private String version = "latest";

  @Option(
      names = "--to",
      paramLabel = "ALIAS",
      defaultValue = "champion",
      description = "The alias that moves (${DEFAULT-VALUE}).")
  private String alias = "champion";

  @Override
  public Integer call() throws IOException {
    var moved =
        options.change(
            "models promote",
            Map.of("name", name, "version", version, "alias", alias),
            tracking -> promote(tracking.registry()));
    System.out.println(options.json ? TrackingOptions.json(moved) : said(moved));
    return 0;
  }

  private Promotion.Moved promote(ModelRegistry registry) {
    var moved = new Promotion(registry).promote(name, version, alias);
    warnOfRefusal(registry.version(name, moved.version()));
    return moved;
  }

  /// Who promotes by hand may know better than the gates, but should know what they said.
  private static void warnOfRefusal(ModelVersion version) {
    var verdict = version.tags().getOrDefault(ModelsGateCommand.VERDICT, "");
    if (verdict.startsWith("refused")) {
      System.err.println("WARNING: `mlops models gate` " + verdict);
    }
  }

  private static String said(Promotion.Moved moved) {
    var now = moved.name() + "@" + moved.alias() + " is version " + moved.version();
    if (moved.isUnchanged()) {
      return now + " already";
    }
    return moved.former().map(number -> now + "; it was version " + number).orElse(now);
  }
}
