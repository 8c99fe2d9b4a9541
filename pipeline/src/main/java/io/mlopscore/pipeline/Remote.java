package io.mlopscore.pipeline;

import io.mlopscore.storage.LocalObjectStore;
import io.mlopscore.storage.ObjectStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A place beside the cache that keeps its objects for others: `files/md5/ab/cdef…` under a URL.
record Remote(String name, ObjectStore store) {
  /// @param wanted the name of a remote; empty for the default one
  /// @throws ConfigException when there is none, or none of a kind we can reach
  static Remote of(Config config, Optional<String> wanted) {
    var name =
        wanted
            .or(config::defaultRemote)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "no remote is set: add `remote = NAME` under [core] in .dvc/config and"
                            + " `url = PATH` under ['remote \"NAME\"']"));
    var url = config.remotes().getOrDefault(name, Map.of()).get("url");
    if (url == null) {
      throw new ConfigException(
          "there is no remote '%s' in .dvc/config; known are: %s"
              .formatted(name, String.join(", ", new TreeSet<>(config.remotes().keySet()))));
    }
    if (url.contains("://")) {
      throw new ConfigException(
          "remote '%s': %s is not a local directory; only those can be reached so far"
              .formatted(name, url));
    }
    return new Remote(name, new LocalObjectStore(Path.of(url)));
  }

  static String key(Hash hash) {
    return "files/md5/" + hash.value().substring(0, 2) + "/" + hash.value().substring(2);
  }
}
