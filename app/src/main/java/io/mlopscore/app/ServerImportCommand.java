package io.mlopscore.app;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.files.Imported;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.FileStoreImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops server import`: what `mlflow migrate-filestore` does, and again whenever it is wanted.
@Command(
    name = "import",
    description = {
      "Imports a folder mlruns, which MLflow 3.13 and later refuse to open, into the database.",
      "All or nothing; what the database holds already stays as it is. Artifacts are not moved."
    },
    mixinStandardHelpOptions = true)
final class ServerImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MLRUNS", description = "The folder.")
  private Path folder = Path.of("mlruns");

  @Option(names = "--backend-store-uri", description = "The database (sqlite:///mlflow.db).")
  private @Nullable String store;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var flags = new HashMap<String, String>();
    if (store != null) {
      flags.put("backend-store-uri", store);
    }
    var settings = ServerSettings.read(Path.of(""), flags, System.getenv());
    var imported = into(settings);
    System.out.println(json ? TrackingOptions.json(imported) : said(imported, settings));
    return 0;
  }

  private Imported into(ServerSettings settings) throws IOException {
    try {
      var files = FileStore.open(folder);
      try (var database = Database.open(settings.database(), "mlflow-artifacts:/")) {
        return CommandAudit.ofEnvironment()
            .tell(
                "server import",
                Map.of("folder", folder.toString()),
                () -> new FileStoreImport(database, files).run());
      }
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private String said(Imported imported, ServerSettings settings) {
    return ("%s: imported %d experiments, %d runs, %d points, %d traces, %d logged models,"
            + " %d registered models and %d versions into %s")
        .formatted(
            folder,
            imported.experiments(),
            imported.runs(),
            imported.points(),
            imported.traces(),
            imported.loggedModels(),
            imported.registeredModels(),
            imported.versions(),
            settings.database().place());
  }
}
