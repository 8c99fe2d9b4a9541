package io.mlopscore.tracking.files;

import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One registered model of a file store.
public record RegisteredModelFolder(Path folder) {
  private static final String VERSION = "version-";

  public RegisteredModel model() {
    var meta = MetaFile.in(folder);
    var created = meta.wholeOr("creation_timestamp", 0);
    return new RegisteredModel(
        meta.required("name"),
        meta.textOr("description", ""),
        created,
        meta.wholeOr("last_updated_timestamp", created),
        List.of(),
        Entries.values(folder.resolve("tags")),
        aliases());
  }

  private Map<String, Integer> aliases() {
    var aliases = new TreeMap<String, Integer>();
    var files = Entries.files(folder.resolve("aliases"));
    Entries.values(folder.resolve("aliases"))
        .forEach(
            (alias, version) -> {
              try {
                aliases.put(alias, Integer.parseInt(version.strip()));
              } catch (NumberFormatException e) {
                var file = files.getOrDefault(alias, folder);
                throw MetaFile.unusable(file, "'" + version + "' is no version", e);
              }
            });
    return aliases;
  }

  public List<VersionFolder> versions() {
    return Entries.folders(
            folder,
            child -> child.getFileName().toString().startsWith(VERSION) && MetaFile.isIn(child))
        .stream()
        .map(VersionFolder::new)
        .toList();
  }

  /// One version of it.
  public record VersionFolder(Path folder) {
    public ModelVersion version() {
      var meta = MetaFile.in(folder);
      var created = meta.wholeOr("creation_timestamp", 0);
      return new ModelVersion(
          meta.required("name"),
          Math.toIntExact(meta.wholeOr("version", 0)),
          meta.textOrNull("description"),
          meta.textOrNull("user_id"),
          meta.textOr("current_stage", "None"),
          meta.textOr("source", ""),
          meta.textOrNull("run_id"),
          meta.textOrNull("run_link"),
          meta.textOr("status", "READY"),
          meta.textOrNull("status_message"),
          created,
          meta.wholeOr("last_updated_timestamp", created),
          Entries.values(folder.resolve("tags")),
          List.of());
    }

    /// Where its files are.
    public String storageLocation() {
      var meta = MetaFile.in(folder);
      return meta.text("storage_location").orElseGet(() -> meta.textOr("source", ""));
    }
  }
}
