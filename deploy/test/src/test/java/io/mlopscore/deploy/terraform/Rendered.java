package io.mlopscore.deploy.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where tests leave what other tools look at afterwards: plans for checkov, scripts for
// shellcheck.
final class Rendered {
  private Rendered() {}

  static Path folder() throws IOException {
    return Files.createDirectories(Path.of("target/terraform-rendered"));
  }
}
