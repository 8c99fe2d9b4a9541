package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.UrlImport;
import java.util.Map;
import picocli.CommandLine.Mixin;
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

  @Mixin private final CopyOptions copy = new CopyOptions();
  @Mixin private final UrlOptions reached = new UrlOptions();

  String url() {
    return url;
  }

  /// Empty for the URL's last name.
  String out() {
    return out;
  }

  int jobs() {
    return copy.jobs().orElse(UrlImport.JOBS);
  }

  boolean force() {
    return copy.force();
  }

  /// By the names that remotes have for them.
  Map<String, String> options() {
    return reached.all();
  }
}
