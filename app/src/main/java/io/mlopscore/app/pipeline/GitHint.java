package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Hands changed files to git (`core.autostage`), or tells how.
final class GitHint {
  private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

  private GitHint() {}

  static void print(Pipeline pipeline, Collection<Path> changed) throws IOException {
    var repository = pipeline.repository();
    if (changed.isEmpty() || repository.git().isEmpty() || !repository.config().useGit()) {
      return;
    }
    var names = changed.stream().map(pipeline::shown).sorted().toList();
    if (repository.config().core().autostage()) {
      stage(names);
      return;
    }
    System.out.println(
        "\nTo track the changes with git, run:\n\n\tgit add "
            + String.join(" ", names.stream().map(GitHint::quoted).toList())
            + "\n\nTo enable auto staging, run:\n\n\tmlops config core.autostage true");
  }

  private static void stage(List<String> names) throws IOException {
    var command = new ArrayList<>(List.of("git", "add", "--"));
    command.addAll(names);
    var process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (process.waitFor() != 0) {
        System.err.println("WARNING: git could not stage " + String.join(", ", names));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while git staged files", e);
    }
  }

  private static String quoted(String name) {
    return SAFE.matcher(name).matches() ? name : "'" + name.replace("'", "'\"'\"'") + "'";
  }
}
