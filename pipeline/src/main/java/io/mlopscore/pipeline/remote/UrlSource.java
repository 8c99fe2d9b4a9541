package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.Parallel;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.UrlContent;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// A file or folder anywhere: a path, or a URL of a kind that remotes have.
final class UrlSource implements AutoCloseable {
  private static final int JOBS = 8;

  private final String url;
  private final String scheme;
  private final Stores.Place place;

  private UrlSource(String url, String scheme, Stores.Place place) {
    this.url = url;
    this.scheme = scheme;
    this.place = place;
  }

  /// @param options by the names that remotes have for them
  static UrlSource open(Config config, String url, Map<String, String> options, Path directory)
      throws IOException {
    var remotes = new Remotes(config, OptionalInt.empty());
    var target = config.located(url).map(io.mlopscore.pipeline.RemoteConfig::url).orElse(url);
    int colon = target.indexOf("://");
    if (colon < 0 || target.startsWith("file://")) {
      var path = colon < 0 ? target : target.substring("file://".length());
      var file = directory.resolve(path).normalize();
      var parent = file.getParent() == null ? file : file.getParent();
      return new UrlSource(
          url,
          "local",
          new Stores.Place(
              new io.mlopscore.storage.LocalObjectStore(parent),
              file.equals(parent) ? "" : file.getFileName().toString()));
    }
    return new UrlSource(url, target.substring(0, colon), remotes.place(url, options));
  }

  private boolean isWeb() {
    return scheme.startsWith("http");
  }

  /// The keys of its files: by path below it, or by an empty path for a single file.
  ///
  /// @throws NoSuchFileException when nothing is there
  SortedMap<String, String> files() throws IOException {
    var files = new TreeMap<String, String>(JsonText.BY_CODE_POINT);
    if (isWeb() || (!place.key().isEmpty() && place.store().exists(place.key()))) {
      if (!place.store().exists(place.key())) {
        throw new NoSuchFileException(url);
      }
      files.put("", place.key());
      return files;
    }
    var prefix = place.key().isEmpty() ? "" : place.key() + "/";
    for (var key : place.store().list(prefix)) {
      files.put(key.substring(prefix.length()), key);
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(url);
    }
    return files;
  }

  /// What identifies content there.
  UrlContent version() throws IOException {
    var files = files();
    return files.containsKey("") ? fileVersion(place.key()) : folderVersion(files);
  }

  private UrlContent fileVersion(String key) throws IOException {
    long size = place.store().size(key).orElse(0);
    return new UrlContent(tagName(), tag(key), size, 0);
  }

  private String tagName() {
    if (scheme.equals("local") || scheme.equals("ssh")) {
      return "md5";
    }
    return isWeb() ? "checksum" : "etag";
  }

  /// As DVC writes it: S3's without quotes, that of Cloud Storage in hexadecimal.
  private String tag(String key) throws IOException {
    if (tagName().equals("md5")) {
      try (var in = place.store().open(key)) {
        return md5(in);
      }
    }
    var tag = place.store().tag(key).orElseThrow(() -> new NoSuchFileException(url));
    return switch (scheme) {
      case "gs", "gcs" -> HexFormat.of().formatHex(Base64.getDecoder().decode(tag));
      case "azure" -> '"' + tag + '"';
      default -> tag;
    };
  }

  private static String md5(java.io.InputStream in) throws IOException {
    var digest = Md5.digest("MD5");
    in.transferTo(
        new java.security.DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The MD5 of a listing whose files are named by tags.
  private UrlContent folderVersion(SortedMap<String, String> files) throws IOException {
    var sizes = Collections.synchronizedList(new ArrayList<Long>());
    Map<String, String> tags = Collections.synchronizedMap(new TreeMap<>(JsonText.BY_CODE_POINT));
    new Parallel(JOBS)
        .forEach(
            files.entrySet(),
            file -> {
              tags.put(file.getKey(), tag(file.getValue()));
              sizes.add(place.store().size(file.getValue()).orElse(0));
            });
    var entries = new ArrayList<Value>();
    tags.forEach(
        (path, tag) -> {
          var entry = new LinkedHashMap<Value, Value>();
          entry.put(Value.of(tagName()), Value.of(tag));
          entry.put(Value.of("relpath"), Value.of(path));
          entries.add(new Mapping(entry));
        });
    var json = JsonText.of(new Items(entries)).getBytes(StandardCharsets.US_ASCII);
    var hash = new Hash(Md5.of(json) + ".dir");
    long size = sizes.stream().mapToLong(Long::longValue).sum();
    return new UrlContent("md5", hash.value(), size, files.size());
  }

  /// Copies all of it to `target`, which appears when everything is there.
  void download(Path target, int jobs, Progress progress) throws IOException {
    var temporary = target.resolveSibling("." + java.util.UUID.randomUUID() + ".tmp");
    try {
      var files = files();
      progress.begin("Downloading", files.size());
      new Parallel(jobs)
          .forEach(
              files.entrySet(),
              file -> {
                var to = file.getKey().isEmpty() ? temporary : temporary.resolve(file.getKey());
                Files.createDirectories(to.getParent());
                Attempts.OVER_NETWORK.run(() -> download(file.getValue(), to, progress));
                progress.done();
              });
      Trees.remove(target);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Trees.remove(temporary);
    }
  }

  private void download(String key, Path to, Progress progress) throws IOException {
    progress.moved(copy(key, to));
  }

  /// Copies one of its files; returns how many bytes it has.
  long copy(String key, Path to) throws IOException {
    try (var in = place.store().open(key)) {
      return Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Removes all of it; what is not there is no error.
  void remove() throws IOException {
    try {
      new Parallel(JOBS)
          .forEach(
              files().values(), key -> Attempts.OVER_NETWORK.run(() -> place.store().delete(key)));
    } catch (NoSuchFileException _) {
      // Nothing is there, which is what was asked for.
    }
  }

  /// What lies in it.
  ///
  /// @param depth how many levels of folders; a large number for all
  List<UrlEntry> list(int depth, boolean recursive) throws IOException {
    var files = files();
    if (files.containsKey("")) {
      return List.of(new UrlEntry(url, false, place.store().size(place.key()).orElse(0)));
    }
    var entries = new ArrayList<UrlEntry>();
    var folders = new LinkedHashMap<String, UrlEntry>();
    int levels = recursive ? depth : 1;
    for (var file : files.entrySet()) {
      var parts = file.getKey().split("/", -1);
      if (parts.length <= levels) {
        long size = place.store().size(file.getValue()).orElse(0);
        entries.add(new UrlEntry(file.getKey(), false, size));
      } else {
        var folder = String.join("/", List.of(parts).subList(0, levels));
        if (folders.putIfAbsent(folder, new UrlEntry(folder, true, 0)) == null) {
          entries.add(new UrlEntry(folder, true, 0));
        }
      }
    }
    return entries;
  }

  @Override
  public void close() {
    place.store().close();
  }
}
