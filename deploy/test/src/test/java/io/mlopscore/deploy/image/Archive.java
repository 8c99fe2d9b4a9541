package io.mlopscore.deploy.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// An image as a file, as `docker save` and Jib write it, or as the OCI archive of buildah.
///
/// @param config what an engine does with it
/// @param layers compressed, the lowest first
record Archive(JsonNode config, List<byte[]> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Archive read(Path file) throws IOException {
    var files = new HashMap<String, byte[]>();
    try (var tar = new TarArchiveInputStream(Files.newInputStream(file))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files.containsKey("index.json") ? oci(files) : docker(files);
  }

  private static Archive oci(Map<String, byte[]> files) throws IOException {
    var index = JSON.readTree(file(files, "index.json"));
    var manifest = JSON.readTree(blob(files, index.at("/manifests/0")));
    var layers = new ArrayList<byte[]>();
    for (var layer : manifest.path("layers")) {
      layers.add(blob(files, layer));
    }
    return new Archive(JSON.readTree(blob(files, manifest.path("config"))), layers);
  }

  private static byte[] blob(Map<String, byte[]> files, JsonNode descriptor) {
    return file(files, "blobs/" + descriptor.path("digest").asText().replace(':', '/'));
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), () -> "no " + name + " in the archive");
  }

  private static Archive docker(Map<String, byte[]> files) throws IOException {
    var manifest = JSON.readTree(file(files, "manifest.json")).path(0);
    var names = StreamSupport.stream(manifest.path("Layers").spliterator(), false);
    return new Archive(
        JSON.readTree(file(files, manifest.path("Config").asText())),
        names.map(name -> file(files, name.asText())).toList());
  }

  /// What looks at a file of a layer.
  interface Visitor {
    void visit(int layer, TarArchiveEntry file, byte[] content);
  }

  void visit(Visitor visitor) {
    for (var i = 0; i < layers.size(); i++) {
      try (var tar = new TarArchiveInputStream(unpacked(layers.get(i)))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          visitor.visit(i, entry, tar.readAllBytes());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("layer " + i, e);
      }
    }
  }

  private static InputStream unpacked(byte[] layer) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(layer));
  }
}
