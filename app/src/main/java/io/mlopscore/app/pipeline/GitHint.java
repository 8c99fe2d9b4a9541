package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
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
    if (repository.config().core().autostage()) {
      stage(Git.of(repository), changed);
      return;
    }
    var names = changed.stream().map(pipeline::shown).sorted().map(GitHint::quoted).toList();
    System.out.println(
        "\nTo track the changes with git, run:\n\n\tgit add "
            + String.join(" ", names)
            + "\n\nTo enable auto staging, run:\n\n\tmlops config core.autostage true");
  }

  /// A file that is gone and that git never had is none of its business.
  private static void stage(Git git, Collection<Path> changed) throws IOException {
    var command = new ArrayList<>(List.of("add", "--"));
    for (var file : changed) {
      if (Files.exists(file) || git.tracks(file)) {
        command.add(file.toString());
      }
    }
    git.run(command.toArray(String[]::new));
  }

  private static String quoted(String name) {
    return SAFE.matcher(name).matches() ? name : "'" + name.replace("'", "'\"'\"'") + "'";
  }
}
