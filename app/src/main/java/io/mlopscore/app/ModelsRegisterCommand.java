package io.mlopscore.app;

import io.mlopscore.tracking.ModelOrigin;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Registration;
import io.mlopscore.tracking.Registration.Registered;
import io.mlopscore.tracking.Tracking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops models register`.
@Command(
    name = "register",
    description = {
      "Makes the model of a run a version of a registered model.",
      "A model that is a version already stays that version, so this may be repeated."
    },
    mixinStandardHelpOptions = true)
final class ModelsRegisterCommand implements Callable<Integer> {
  @Mixin private TrackingOptions options = new TrackingOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The registered model; made if there is none of this name.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = {
        "The id of a run, runs:/RUN/PATH, models:/m-ID, or the URI of a folder "
            + "(what this project trained last, as "
            + TrainedRun.FILE
            + " says)."
      })
  private @Nullable String source;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description = "Point this alias at the version, if it is new.")
  private @Nullable String alias;

  @Override
  public Integer call() throws IOException {
    var named = source == null ? TrainedRun.read(Path.of("")).modelUri() : source;
    var registered = options.with(tracking -> register(tracking, named));
    System.out.println(
        options.json ? TrackingOptions.json(registered.version()) : said(registered));
    return 0;
  }

  private Registered register(Tracking tracking, String named) {
    var origin = ModelOrigin.find(tracking.store(), named);
    requireModel(tracking, origin);
    var registration = new Registration(tracking.registry());
    return alias == null
        ? registration.register(name, origin)
        : registration.register(name, origin, alias);
  }

  /// A mistyped path in a run would become a version that nobody can load.
  private static void requireModel(Tracking tracking, ModelOrigin origin) {
    if (origin.runId() == null || origin.modelId() != null) {
      return;
    }
    try {
      if (tracking.artifacts().repository(origin.source()).find("MLmodel").isEmpty()) {
        throw new IOException(origin.source() + ": no model there; a file MLmodel is missing");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String said(Registered registered) {
    ModelVersion version = registered.version();
    var aliases = version.aliases().stream().map(each -> " @" + each).toList();
    return "%s version %d%s%s"
        .formatted(
            version.name(),
            version.version(),
            String.join("", aliases),
            registered.isNew() ? "" : ", as before");
  }
}
