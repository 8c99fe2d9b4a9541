package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ContentCache;
import io.mlopscore.pipeline.FileMerge;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops git-hook`: what git runs once `mlops install` has told it to.
@Command(
    description = "What git runs; see `mlops install`.",
    mixinStandardHelpOptions = true,
    subcommands = {
      GitHookCommand.PreCommit.class,
      GitHookCommand.PostCheckout.class,
      GitHookCommand.PrePush.class,
      GitHookCommand.MergeDriver.class
    })
public final class GitHookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "one of the hooks is missing");
  }

  /// Outside of repositories of data a hook has nothing to do.
  private static int run(String verb, Object command) {
    if (Repository.findRoot(Path.of("")).isEmpty()) {
      return 0;
    }
    var failures = new Failures(verb);
    return new CommandLine(command)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute();
  }

  @Command(name = "pre-commit", description = "Shows what changed.")
  static final class PreCommit implements Callable<Integer> {
    @SuppressWarnings("UnusedVariable")
    @Parameters(description = "What git tells; nothing depends on it.")
    private List<String> told = List.of();

    @Override
    public Integer call() {
      return run("status", new StatusCommand());
    }
  }

  @Command(name = "post-checkout", description = "Puts the data of the commit in place.")
  static final class PostCheckout implements Callable<Integer> {
    @Parameters(description = "The commit before, the one now, and 1 for a commit.")
    private List<String> told = List.of();

    @Override
    public Integer call() {
      var byTool = System.getenv("PRE_COMMIT_CHECKOUT_TYPE");
      var flag = byTool == null && told.size() >= 3 ? told.get(2) : byTool;
      // Amid a rebase the data of every commit on the way would be put in place, and a failure
      // would stop it. Git runs hooks in the root of the work tree.
      boolean rebasing = Files.isDirectory(Path.of(".git", "rebase-merge"));
      return "1".equals(flag) && !rebasing ? run("checkout", new CheckoutCommand()) : 0;
    }
  }

  @Command(name = "pre-push", description = "Pushes the data first.")
  static final class PrePush implements Callable<Integer> {
    @SuppressWarnings("UnusedVariable")
    @Parameters(description = "What git tells; nothing depends on it.")
    private List<String> told = List.of();

    @Override
    public Integer call() {
      return run("push", new PushCommand());
    }
  }

  @Command(name = "merge-driver", description = "Merges two versions of a dvc.lock or .dvc file.")
  static final class MergeDriver implements Callable<Integer> {
    @Option(names = "--ancestor", required = true, description = "What both come from.")
    private Path ancestor = Path.of("");

    @Option(names = "--our", required = true, description = "Ours; becomes the result.")
    private Path our = Path.of("");

    @Option(names = "--their", required = true, description = "Theirs.")
    private Path their = Path.of("");

    @Option(names = "--path", description = "Where the file is in the work tree.")
    private @Nullable String path;

    @Override
    public Integer call() throws IOException {
      var merged =
          new FileMerge(cache())
              .merge(Files.readString(ancestor), Files.readString(our), Files.readString(their));
      WholeFile.write(our, merged.text());
      for (var conflict : merged.conflicts()) {
        System.err.println(
            "CONFLICT in %s: %s was changed on both sides"
                .formatted(path == null ? "the file" : path, conflict));
      }
      if (!merged.conflicts().isEmpty()) {
        System.err.println(
            "Choose between the markers, or take one side and run `mlops repro` or `mlops add`.");
      }
      return merged.conflicts().isEmpty() ? 0 : 1;
    }

    private static ContentCache cache() throws IOException {
      return Pipeline.open(Path.of("")).cache();
    }
  }
}
