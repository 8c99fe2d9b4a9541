package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps cached outputs out of git: each as `/name` in the `.gitignore` of its own directory.
final class GitIgnore {
  private static final Pattern SPECIAL = Pattern.compile("([\\\\*?\\[\\]!#])");

  private final Repository repository;

  GitIgnore(Repository repository) {
    this.repository = repository;
  }

  /// Adds an entry unless git ignores the path already.
  ///
  /// @return the file that was changed
  /// @throws PipelineException when git tracks the path, since then ignoring it has no effect
  Optional<Path> ignore(Path output) throws IOException {
    if (repository.git().isEmpty() || !repository.config().useGit()) {
      return Optional.empty();
    }
    var file = output.resolveSibling(".gitignore");
    var entry = "/" + SPECIAL.matcher(output.getFileName().toString()).replaceAll("\\\\$1");
    var text = Files.exists(file) ? Files.readString(file) : "";
    if (text.lines().anyMatch(entry::equals)) {
      return Optional.empty();
    }
    if (git("ls-files", "--error-unmatch", "--", output.toString())) {
      throw new PipelineException(
          "output '%s' is tracked by git; hand it over with `git rm -r --cached '%s'`"
              .formatted(repository.relative(output), repository.relative(output)));
    }
    if (git("check-ignore", "-q", "--", output.toString())) {
      return Optional.empty();
    }
    var separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    Files.writeString(file, text + separator + entry + "\n");
    return Optional.of(file);
  }

  /// Whether a git command succeeds; where git is not installed nothing is tracked or ignored.
  private boolean git(String... arguments) throws IOException {
    var command = new java.util.ArrayList<String>();
    command.add("git");
    command.addAll(java.util.List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(repository.root().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException _) {
      return false;
    }
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineException("interrupted while asking git", e);
    }
  }
}
