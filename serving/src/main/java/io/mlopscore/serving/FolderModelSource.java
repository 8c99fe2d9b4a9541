package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonToken;
import io.mlopscore.model.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A model in a folder (`MODEL_DIR`): an MLflow model folder itself, or one with `model/`,
/// `metadata.json` and `metrics.json` as the pipeline writes it.
///
/// @param directory the folder, which may be absent or incomplete for a while
/// @param name what to call the model
public record FolderModelSource(Path directory, String name) implements ModelSource {
  @Override
  public Optional<Release> current() throws IOException {
    var description = modelFolder().resolve("MLmodel");
    if (!Files.isRegularFile(description)) {
      return Optional.empty();
    }
    var digest = digest(description, directory.resolve("metrics.json"));
    return Optional.of(new Release(name, digest.substring(0, 12), digest + state()));
  }

  /// Sizes and times of the files: one may still be on its way when the description is there.
  private String state() throws IOException {
    var state = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(modelFolder(), Files::isRegularFile)) {
      for (var file : files) {
        state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return state.toString();
  }

  @Override
  public Fetched fetch(Release release) throws IOException {
    var metrics = metrics(directory.resolve("metrics.json"));
    var folder = ModelFolder.open(modelFolder());
    return new Fetched(folder, folder.scorer(), metrics);
  }

  /// The folder is not ours: nothing is kept or removed.
  @Override
  public void keep(ModelFolder served) {}

  @Override
  public Optional<ReleaseMemory> memory() {
    return Optional.empty();
  }

  @Override
  public String describe() {
    return directory.toAbsolutePath().toString();
  }

  private Path modelFolder() {
    return Files.isRegularFile(directory.resolve("MLmodel"))
        ? directory
        : directory.resolve("model");
  }

  private static String digest(Path... files) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        if (Files.isRegularFile(file)) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The numbers at the top level of a JSON object; none if there is no such file.
  static Map<String, Double> metrics(Path file) {
    var metrics = new HashMap<String, Double>();
    if (!Files.isRegularFile(file)) {
      return metrics;
    }
    try (var parser = Json.FACTORY.createParser(Files.readAllBytes(file))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        if (parser.nextToken().isNumeric()) {
          metrics.put(field, parser.getDoubleValue());
        }
        parser.skipChildren();
      }
      return metrics;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
