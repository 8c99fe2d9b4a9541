package io.mlopscore.app;

import io.mlopscore.training.RunOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Tells where a run comes from: this account, this command line, this git commit.
final class Origins {
  private Origins() {}

  static RunOrigin of(String command, List<String> arguments) {
    var line = arguments.isEmpty() ? command : command + " " + String.join(" ", arguments);
    return new RunOrigin(System.getProperty("user.name", "unknown"), line, commit());
  }

  /// The commit that is checked out here; empty outside a repository or without git.
  private static Optional<String> commit() {
    try {
      var git =
          new ProcessBuilder("git", "rev-parse", "--verify", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
