package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `cloud` and `files` of an output, as they stand in `dvc.lock` and in a `*.dvc` file.
final class VersionsText {
  static final String CLOUD = "cloud";
  static final String FILES = "files";
  static final String PATH = "relpath";
  private static final String TAG = "etag";
  private static final String ID = "version_id";

  private VersionsText() {}

  static Mapping cloud(CloudVersion version) {
    var fields = new LinkedHashMap<Value, Value>();
    put(fields, TAG, version.tag());
    put(fields, ID, version.id());
    return new Mapping(Map.of(Value.of(version.remote()), new Mapping(fields)));
  }

  private static void put(Map<Value, Value> fields, String key, String text) {
    if (!text.isEmpty()) {
      fields.put(Value.of(key), Value.of(text));
    }
  }

  static Items files(Versions.OfFiles versions) {
    var items = new ArrayList<Value>();
    versions.files().forEach((path, file) -> items.add(item(path, file)));
    return new Items(items);
  }

  private static Mapping item(String path, VersionedFile file) {
    var item = new LinkedHashMap<Value, Value>();
    item.put(Value.of(PATH), Value.of(path));
    item.putAll(LockText.plain(new Tracked(file.hash(), file.size(), 0, file.executable())));
    file.version().ifPresent(version -> item.put(Value.of(CLOUD), cloud(version)));
    return new Mapping(item);
  }

  /// The version that an entry tells; DVC takes one for each entry.
  static Optional<CloudVersion> version(Mapping fields) {
    if (fields.get(CLOUD).orElse(Value.none()) instanceof Mapping cloud) {
      for (var remote : cloud.entries().entrySet()) {
        if (remote.getValue() instanceof Mapping said) {
          return Optional.of(
              new CloudVersion(YamlReader.text(remote.getKey()), text(said, TAG), text(said, ID)));
        }
      }
    }
    return Optional.empty();
  }

  private static String text(Mapping fields, String key) {
    return fields.get(key).map(YamlReader::text).orElse("");
  }

  /// The files that an entry lists; empty when it names an MD5 instead.
  ///
  /// @param where names the entry in messages
  static Optional<Versions.OfFiles> files(Mapping fields, String where) {
    if (fields.get(FILES).isEmpty()) {
      return Optional.empty();
    }
    var files = new TreeMap<String, VersionedFile>();
    boolean legacy = fields.get("hash").isEmpty();
    for (var item : YamlReader.items(fields.get(FILES).orElse(Value.none())).values()) {
      if (item instanceof Mapping file) {
        var path = DirectoryListing.requireInside(text(file, PATH), where);
        files.put(path, file(file, legacy));
      }
    }
    return Optional.of(new Versions.OfFiles(files));
  }

  private static VersionedFile file(Mapping fields, boolean legacy) {
    return new VersionedFile(
        Hash.of(text(fields, "md5"), legacy),
        fields.get("size").isPresent() ? LockText.number(fields, "size") : Tracked.UNKNOWN,
        fields.get("isexec").filter(new Bool(true)::equals).isPresent(),
        version(fields));
  }
}
