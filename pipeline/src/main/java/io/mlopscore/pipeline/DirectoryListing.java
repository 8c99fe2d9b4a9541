package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/// The files of a directory as its `.dir` object lists them: POSIX path within the directory to
/// content, in code point order.
///
/// @param isLegacy whether DVC 2 wrote it, and so hashed the files in its own way
public record DirectoryListing(SortedMap<String, Hash> files, boolean isLegacy) {
  public DirectoryListing {
    files = SortedFiles.of(files);
  }

  static DirectoryListing of(Map<String, Hash> files) {
    return new DirectoryListing(SortedFiles.of(files), false);
  }

  /// The same listing, taken as one of DVC 2 or of DVC 3.
  DirectoryListing as(boolean legacy) {
    return legacy == isLegacy
        ? this
        : new DirectoryListing(SortedFiles.of(files).as(legacy), legacy);
  }

  public Hash hash() {
    var digest = Md5.digest("MD5");
    try {
      write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Hash.ofDirectory(digest.digest()).as(isLegacy);
  }

  /// Writes the bytes of the `.dir` object, piece by piece: there may be millions of files.
  public void write(OutputStream out) throws IOException {
    new ListingWriter(out).write(this);
  }

  /// Reads a `.dir` object.
  ///
  /// @param name what to call it in messages
  static DirectoryListing parse(byte[] bytes, String name) {
    var plain = PlainListing.read(bytes);
    return plain.isPresent() ? of(checked(plain.get(), name)) : parseAny(bytes, name);
  }

  private static Map<String, Hash> checked(Map<String, Hash> files, String name) {
    files.keySet().forEach(path -> requireInside(path, name));
    return files;
  }

  /// JSON of any shape, read as the YAML it is.
  private static DirectoryListing parseAny(byte[] bytes, String name) {
    var files = new HashMap<String, Hash>();
    var json = YamlReader.read(new String(bytes, StandardCharsets.UTF_8), name);
    if (!(json instanceof Items(var entries))) {
      throw new PipelineException(name + ": not a directory listing");
    }
    for (var entry : entries) {
      files.put(
          requireInside(field(entry, "relpath", name), name), new Hash(field(entry, "md5", name)));
    }
    return of(files);
  }

  private static String field(Value entry, String key, String name) {
    if (entry instanceof Mapping mapping
        && mapping.get(key).orElse(Value.none()) instanceof Text(var text)) {
      return text;
    }
    throw new PipelineException("%s: an entry lacks '%s'".formatted(name, key));
  }

  /// A listing may come from a remote: it must not reach outside its directory.
  static String requireInside(String path, String name) {
    boolean inside = !path.isEmpty() && !path.startsWith("/");
    for (var part : path.split("/", -1)) {
      inside &= !part.equals("..") && !part.isEmpty();
    }
    if (!inside) {
      throw new PipelineException("%s: the path '%s' leaves the directory".formatted(name, path));
    }
    return path;
  }
}
