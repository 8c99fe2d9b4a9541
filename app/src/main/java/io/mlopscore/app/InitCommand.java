package io.mlopscore.app;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.RepositoryInit;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.training.DataSplit;
import io.mlopscore.training.TrainingException;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops init`: as `dvc init`; for a table with a column to predict also the files in which a
/// project says what it does; with a template a project that is ready to run.
@Command(
    description = {
      "Makes a folder a repository of data and stages, as `dvc init` does.",
      "With --data, --target or --name it becomes a project: mlops.yaml, params.yaml and dvc.yaml "
          + "are written where missing.",
      "With --template it also gets a README, workflows of GitHub and compose.yaml, without --data a "
          + "small table to begin with, and `git init` where git is not used yet."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  /// What a project may be made from.
  enum Template {
    tabular
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = "",
      description = "Where (this folder).")
  private Path folder = Path.of("");

  @Option(names = "--no-scm", description = "Do without git.")
  private boolean noScm;

  @Option(names = "--subdir", description = "The root of git may be further up.")
  private boolean subdirectory;

  @Option(
      names = {"-f", "--force"},
      description =
          "Remove a repository that is there, with its cache; for a project, replace its files.")
  private boolean force;

  @Option(names = "--name", description = "Name of the model (MyModel).")
  private @Nullable String name;

  @Option(names = "--data", description = "The table (data/data.csv).")
  private @Nullable String data;

  @Option(names = "--target", description = "The column to predict (target).")
  private @Nullable String target;

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "A project that is ready to run: ${COMPLETION-CANDIDATES}.")
  private @Nullable Template template;

  @Override
  public Integer call() throws IOException {
    if (noScm && subdirectory) {
      throw new PipelineException("--no-scm and --subdir do not go together");
    }
    var directory = folder.toAbsolutePath().normalize();
    return name == null && data == null && target == null && template == null
        ? repository(directory)
        : project(directory);
  }

  private int repository(Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      new RepositoryInit(noScm, subdirectory, force).run(directory);
    } catch (PipelineException e) {
      System.err.println("ERROR: " + e.getMessage());
      return 1;
    }
    System.out.println("Initialized DVC repository.\n");
    if (!noScm) {
      System.out.println("You can now commit the changes to git.\n");
    }
    System.out.println(
        "Then: `mlops add` tracks data, `mlops init --data FILE --target COLUMN` makes a project.");
    return 0;
  }

  /// Works in any folder, also a second time: what is there stays.
  private int project(Path directory) throws IOException {
    var project = names(directory);
    try {
      requireUsable(project, directory);
    } catch (TrainingException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.err.println(
          "Nothing was written. --data names the table, --target the column to predict.");
      return 1;
    }
    Files.createDirectories(directory);
    var git = template == null ? Repository.gitRoot(directory) : git(directory);
    if (Files.notExists(directory.resolve(".dvc"))) {
      if (git.filter(directory::equals).isPresent() || noScm || subdirectory) {
        new RepositoryInit(noScm, subdirectory, false).run(directory);
      } else {
        Repository.init(directory);
      }
    }
    boolean isBelow = git.isPresent() && !git.get().equals(directory);
    var files =
        template == null ? project.settings() : project.tabular(data == null, !isBelow && !noScm);
    new ProjectFiles(directory, force, System.out).write(files);
    say(project, directory, isBelow);
    return 0;
  }

  /// Says now what the first stage would say of a table that is there. Parameters that stay may
  /// name another column: then it is theirs to say.
  ///
  /// @throws TrainingException if no classifier can learn from it
  private void requireUsable(ProjectTemplate project, Path directory) {
    var table = directory.resolve(project.data());
    if (Files.exists(table) && (force || Files.notExists(directory.resolve("params.yaml")))) {
      DataSplit.of(CsvFile.read(table), project.dataParams());
    }
  }

  private ProjectTemplate names(Path directory) {
    try {
      return template == null
          ? new ProjectTemplate(
              or(name, "MyModel"), or(data, ProjectTemplate.SAMPLE), or(target, "target"))
          : new ProjectTemplate(
              or(name, nameOf(directory)),
              or(data, ProjectTemplate.SAMPLE),
              or(target, data == null ? ProjectTemplate.SAMPLE_TARGET : "target"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static String nameOf(Path directory) {
    return Optional.ofNullable(directory.getFileName())
        .map(Path::toString)
        .filter(ProjectTemplate::isName)
        .orElse("MyModel");
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  /// The root of git that a new project stands in, made here if there is none.
  private Optional<Path> git(Path directory) throws IOException {
    if (noScm || Repository.gitRoot(directory).isPresent()) {
      return Repository.gitRoot(directory);
    }
    new Git(directory).run("init", "--quiet", "--initial-branch=main");
    return Optional.of(directory);
  }

  private void say(ProjectTemplate project, Path directory, boolean isBelow) {
    if (template != null && isBelow) {
      System.out.println("No workflows: GitHub reads those at the root of a repository only.");
    }
    var enter = folder.toString().isEmpty() ? "" : "cd '" + folder + "' && ";
    if (Files.exists(directory.resolve(project.data()))) {
      System.out.println("Now: " + enter + "mlops up");
    } else {
      System.out.printf("Put the table in %s, then: %smlops up%n", project.data(), enter);
    }
  }
}
