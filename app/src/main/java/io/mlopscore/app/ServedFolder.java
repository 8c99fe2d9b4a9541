package io.mlopscore.app;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.files.FileStore;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.FolderMirror;
import io.mlopscore.tracking.sql.Sqlite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A folder `mlruns/` behind `mlops server`, read only: its content in a database among the
/// temporary files, which goes when the server stops.
record ServedFolder(Path temporary, FolderMirror mirror) implements AutoCloseable {
  private static final String DATABASE = "mlflow.db";
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// The folder that `--backend-store-uri` or its twin in the environment names, if it is one.
  ///
  /// @throws IOException if the folder holds nothing of MLflow's
  static Optional<Path> named(Map<String, String> flags, Map<String, String> env)
      throws IOException {
    var folder = ServerSettings.store(flags, env).flatMap(uri -> folder(uri.text()));
    if (folder.isPresent() && !FileStore.isAt(folder.get())) {
      throw new IOException(
          "--backend-store-uri: "
              + folder.get()
              + " is no folder mlruns, there is no <experiment id>/meta.yaml in it;"
              + " a new store is a database: sqlite:///mlflow.db");
    }
    return folder;
  }

  private static Optional<Path> folder(String uri) {
    if (uri.startsWith("file:")) {
      return Optional.of(
          Path.of(URI.create(uri).getSchemeSpecificPart().replaceFirst("^//+", "/")));
    }
    return uri.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*") ? Optional.empty() : Optional.of(Path.of(uri));
  }

  /// Imports it.
  ///
  /// @throws IOException if it is damaged
  static ServedFolder open(Path folder) throws IOException {
    var temporary = Files.createTempDirectory("mlops-mlruns-");
    try {
      var files = FileStore.open(folder.toAbsolutePath().normalize());
      var database = new Sqlite(temporary.resolve(DATABASE));
      return new ServedFolder(temporary, FolderMirror.open(files, database, PAUSE));
    } catch (TrackingException e) {
      delete(temporary);
      throw new IOException(e.getMessage(), e);
    }
  }

  String uri() {
    return "sqlite:///" + temporary.resolve(DATABASE);
  }

  Database database() {
    return mirror.database();
  }

  @Override
  public void close() {
    mirror.close();
    if (Files.exists(temporary)) {
      delete(temporary);
    }
  }

  private static void delete(Path folder) {
    try (var inside = Files.walk(folder)) {
      for (var file : inside.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("mlops: " + folder + " is left behind: " + e);
    }
  }
}
