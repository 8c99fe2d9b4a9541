package io.mlopscore.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// Writes files so that readers see the old content or the new one, whole.
public final class Outputs {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Outputs() {}

  public static void write(Path file, byte[] content) throws IOException {
    var place = file.toAbsolutePath();
    Files.createDirectories(place.resolveSibling("."));
    var fresh = place.resolveSibling("." + place.getFileName() + ".tmp");
    Files.write(fresh, content);
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static void writeJson(Path file, Map<String, ?> values) throws IOException {
    write(file, JSON.writeValueAsString(values) + "\n");
  }
}
