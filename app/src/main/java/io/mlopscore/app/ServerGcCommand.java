package io.mlopscore.app;

import io.mlopscore.tracking.Garbage;
import io.mlopscore.tracking.GarbageCollection;
import io.mlopscore.tracking.StoredArtifacts;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.SqlGarbage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops server gc`: what `mlflow gc` does, after a look.
@Command(
    name = "gc",
    description = {
      "Removes deleted runs, logged models and experiments for good, with their artifacts.",
      "Without --delete it only lists what would go."
    },
    mixinStandardHelpOptions = true)
final class ServerGcCommand implements Callable<Integer> {
  @Option(
      names = "--older-than",
      converter = Age.class,
      description = "Deleted this long ago or longer, such as 30d or 2d8h5m20s (0s).")
  private Duration age = Duration.ZERO;

  @Option(names = "--run-ids", split = ",", description = "Only these runs.")
  private Set<String> runs = Set.of();

  @Option(
      names = "--experiment-ids",
      split = ",",
      description = "Only these experiments, and what is in them.")
  private Set<String> experiments = Set.of();

  @Option(names = "--logged-model-ids", split = ",", description = "Only these logged models.")
  private Set<String> models = Set.of();

  @Option(names = "--delete", description = "Remove them.")
  private boolean delete;

  @Option(names = "--backend-store-uri", description = "The database (sqlite:///mlflow.db).")
  private @Nullable String store;

  @Option(
      names = "--artifacts-destination",
      description = "What is behind mlflow-artifacts: (mlartifacts).")
  private @Nullable String destination;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /// What came of it.
  ///
  /// @param restored somebody took it out of the bin since; it is kept
  /// @param failed its artifacts could not be removed; it is kept
  private record Collected(List<Garbage> removed, List<Garbage> restored, List<Failed> failed) {}

  private record Failed(Garbage garbage, String why) {}

  @Override
  public Integer call() throws IOException {
    var settings = ServerSettings.read(Path.of(""), flags(), System.getenv());
    try (var database = Database.open(settings.database(), settings.artifactRoot());
        var artifacts = new StoredArtifacts(settings.artifacts(), System.getenv())) {
      return collect(new GarbageCollection(new SqlGarbage(database), artifacts, Clock.systemUTC()));
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Map<String, String> flags() {
    var flags = new HashMap<String, String>();
    if (store != null) {
      flags.put("backend-store-uri", store);
    }
    if (destination != null) {
      flags.put("artifacts-destination", destination);
    }
    return flags;
  }

  private int collect(GarbageCollection collection) {
    var wanted = collection.plan(age, runs, models, experiments);
    if (!delete) {
      print(wanted, "%d would go. Nothing was removed; add --delete.".formatted(wanted.size()));
      return 0;
    }
    var collected = remove(collection, wanted);
    if (json) {
      System.out.println(TrackingOptions.json(collected));
    } else {
      print(wanted, "%d removed for good.".formatted(collected.removed().size()));
    }
    collected
        .restored()
        .forEach(each -> System.err.println("mlops: " + each.id() + " is kept, it was restored"));
    collected.failed().forEach(ServerGcCommand::tell);
    return collected.failed().isEmpty() ? 0 : 1;
  }

  private static void tell(Failed failed) {
    System.err.println(
        "mlops: " + failed.garbage().id() + " is kept, its artifacts stay: " + failed.why());
  }

  private static Collected remove(GarbageCollection collection, List<Garbage> wanted) {
    var collected = new Collected(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var garbage : wanted) {
      var ids = Map.of("kind", garbage.kind().name(), "id", garbage.id());
      try {
        var gone =
            CommandAudit.ofEnvironment().tell("server gc", ids, () -> collection.remove(garbage));
        (gone ? collected.removed() : collected.restored()).add(garbage);
      } catch (IOException | TrackingException e) {
        collected.failed().add(new Failed(garbage, String.valueOf(e.getMessage())));
      }
    }
    return collected;
  }

  private void print(List<Garbage> wanted, String summary) {
    if (json) {
      System.out.println(TrackingOptions.json(wanted));
      return;
    }
    var table = new TextTable("KIND", "ID", "NAME", "DELETED", "ARTIFACTS");
    for (var garbage : wanted) {
      table.row(
          garbage.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          garbage.id(),
          garbage.name(),
          garbage.deletedTime() == 0 ? "" : TrackingOptions.time(garbage.deletedTime()),
          garbage.artifactUri());
    }
    System.out.print(table);
    System.out.println(summary);
  }
}
