package io.mlopscore.app.pipeline;

import java.util.Map;
import picocli.CommandLine.Option;

/// How a URL is reached.
final class UrlOptions {
  @Option(
      names = "--fs-config",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "An option of the URL, as remotes have it.")
  private Map<String, String> options = Map.of();

  /// By the names that remotes have for them.
  Map<String, String> all() {
    return options;
  }
}
