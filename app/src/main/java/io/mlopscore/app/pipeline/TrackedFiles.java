package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Says which changed files git should get, or hands them over where `core.autostage` is set.
final class TrackedFiles {
  private TrackedFiles() {}

  static void tell(Pipeline pipeline, Collection<String> files, PrintStream out)
      throws IOException {
    var repository = pipeline.repository();
    if (files.isEmpty() || repository.git().isEmpty()) {
      return;
    }
    if (repository.config().core().autostage()) {
      stage(pipeline, files);
      return;
    }
    out.println("\nTo track the changes with git, run:\n\n\tgit add " + String.join(" ", files));
    out.println("\nTo enable auto staging, run:\n\n\tmlops config core.autostage true");
  }

  private static void stage(Pipeline pipeline, Collection<String> files) throws IOException {
    var command = new ArrayList<>(List.of("git", "add", "--"));
    command.addAll(files);
    var git =
        new ProcessBuilder(command).directory(pipeline.directory().toFile()).inheritIO().start();
    try {
      if (git.waitFor() != 0) {
        System.err.println("WARNING: git could not add " + String.join(" ", files));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
