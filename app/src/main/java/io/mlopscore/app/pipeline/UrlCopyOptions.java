package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.UrlImport;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which URL is copied, where to and how, as `get-url` and `import-url` both take it.
final class UrlCopyOptions {
  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A path, or an s3, gs, azure, ssh, http or remote URL.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "Where it goes (its last name).")
  private String out = "";

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = UrlImport.JOBS;

  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Option(
      names = "--fs-config",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "An option of the URL, as remotes have it.")
  private Map<String, String> options = Map.of();

  String url() {
    return url;
  }

  /// Empty for the URL's last name.
  String out() {
    return out;
  }

  int jobs() {
    return jobs;
  }

  boolean force() {
    return force;
  }

  /// By the names that remotes have for them.
  Map<String, String> options() {
    return options;
  }
}
