package io.mlopscore.app;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.sql.Dialect;
import io.mlopscore.tracking.sql.SchemaUpgrade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops server db`: what `mlflow db` does, and the revision.
@Command(
    name = "db",
    description = "The schema of the tracking database.",
    mixinStandardHelpOptions = true)
final class ServerDbCommand {
  private interface Work {
    int run(SchemaUpgrade upgrade, Dialect dialect) throws IOException;
  }

  @Command(
      name = "current",
      description = "Says which revision of MLflow's schema the database has.",
      mixinStandardHelpOptions = true)
  int current(
      @Parameters(
              paramLabel = "URL",
              arity = "0..1",
              description = "The database (sqlite:///mlflow.db).")
          @Nullable String url,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws IOException {
    return with(
        url,
        (upgrade, _) -> {
          var revision = upgrade.revision();
          var answer = Map.of("revision", revision, "newest", SchemaUpgrade.HEAD);
          System.out.println(
              json
                  ? TrackingOptions.json(answer)
                  : revision.equals(SchemaUpgrade.HEAD)
                      ? revision + " (newest)"
                      : revision + " (newest is " + SchemaUpgrade.HEAD + ")");
          return 0;
        });
  }

  @Command(
      name = "upgrade",
      description = {
        "Brings a database of MLflow 2.10 or later to the schema of MLflow 3.17, as mlflow db "
            + "upgrade does: all or nothing.",
        "Stop every server that uses it, and copy it first: older releases of MLflow cannot open "
            + "it any more."
      },
      mixinStandardHelpOptions = true)
  int upgrade(
      @Parameters(
              paramLabel = "URL",
              arity = "0..1",
              description = "The database (sqlite:///mlflow.db).")
          @Nullable String url,
      @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
          boolean dry,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws IOException {
    return with(
        url,
        (upgrade, dialect) -> {
          var from = upgrade.revision();
          if (!dry && !from.equals(SchemaUpgrade.HEAD)) {
            System.err.println("mlops: a copy is the only way back: " + copy(dialect));
          }
          var changes =
              dry
                  ? upgrade.plan()
                  : CommandAudit.ofEnvironment()
                      .tell("server db upgrade", Map.of("from", from), upgrade::run);
          System.out.println(json ? asJson(from, changes, dry) : said(from, changes, dry));
          return 0;
        });
  }

  private static String asJson(String from, List<String> changes, boolean dry) {
    return TrackingOptions.json(
        Map.of("from", from, "to", SchemaUpgrade.HEAD, "changes", changes, "changed", !dry));
  }

  private static String said(String from, List<String> changes, boolean dry) {
    if (from.equals(SchemaUpgrade.HEAD)) {
      return from + " is the newest; nothing to do.";
    }
    var lines = new StringBuilder();
    changes.forEach(change -> lines.append(change).append('\n'));
    return lines
        + (dry
            ? "Would go from %s to %s. Nothing was changed.".formatted(from, SchemaUpgrade.HEAD)
            : "Upgraded from %s to %s.".formatted(from, SchemaUpgrade.HEAD));
  }

  private static String copy(Dialect dialect) {
    return dialect.place().startsWith("postgresql:")
        ? "pg_dump " + dialect.place()
        : "sqlite3 " + dialect.place() + " \".backup backup.db\"";
  }

  private static int with(@Nullable String url, Work work) throws IOException {
    var flags = new HashMap<String, String>();
    if (url != null) {
      flags.put("backend-store-uri", url);
    }
    var dialect = ServerSettings.read(Path.of(""), flags, System.getenv()).database();
    try (var upgrade = new SchemaUpgrade(dialect)) {
      return work.run(upgrade, dialect);
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
