package io.mlopscore.tracking;

/// Where the files of a model version are, for [Artifacts].
public final class VersionFiles {
  private static final String RUNS = "runs:/";

  private VersionFiles() {}

  /// The URI of the folder. The registry may know it as a path in a run, whose place only the run
  /// knows.
  public static String uri(Tracking tracking, String name, int version) {
    var uri = tracking.registry().downloadUri(name, version);
    if (!uri.startsWith(RUNS)) {
      return uri;
    }
    var parts = uri.substring(RUNS.length()).replaceFirst("^/+", "").split("/", 2);
    var root = tracking.store().run(parts[0]).info().artifactUri();
    return parts.length == 1 || parts[1].isEmpty() ? root : root + "/" + parts[1];
  }
}
