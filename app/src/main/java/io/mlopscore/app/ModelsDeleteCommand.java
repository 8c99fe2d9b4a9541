package io.mlopscore.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops models delete`.
@Command(
    name = "delete",
    description = "Deletes a version, or a registered model with all versions; the files stay.",
    mixinStandardHelpOptions = true)
final class ModelsDeleteCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(index = "0", paramLabel = "MODEL", description = "The registered model.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The number of the version to delete.")
  private @Nullable Integer version;

  @Option(names = "--all", description = "Delete the model with every version and alias.")
  private boolean all;

  private record Deleted(String name, @Nullable Integer version) {}

  @Override
  public Integer call() throws IOException {
    if (all == (version != null)) {
      throw new IOException("Name the version to delete, or the whole model with --all.");
    }
    options.change(
        "models delete",
        version == null ? Map.of("name", name) : Map.of("name", name, "version", version),
        tracking -> {
          if (version == null) {
            tracking.registry().deleteRegisteredModel(name);
          } else {
            tracking.registry().deleteVersion(name, version);
          }
          return name;
        });
    var said =
        version == null ? name + " is deleted" : name + " version " + version + " is deleted";
    System.out.println(options.json ? TrackingOptions.json(new Deleted(name, version)) : said);
    return 0;
  }
}
