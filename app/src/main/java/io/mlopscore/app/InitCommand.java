package io.mlopscore.app;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.RepositoryInit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops init`: as `dvc init`; for a table with a column to predict also the files in which a
/// project says what it does.
@Command(
    description = {
      "Makes a folder a repository of data and stages, as `dvc init` does. With --data, --target or",
      "--name it becomes a project: mlops.yaml, params.yaml and dvc.yaml are written where missing."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
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
      description = "Remove a repository that is there, with its cache.")
  private boolean force;

  @Option(names = "--name", description = "Name of the model (MyModel).")
  private @Nullable String name;

  @Option(names = "--data", description = "The table (data/data.csv).")
  private @Nullable String data;

  @Option(names = "--target", description = "The column to predict (target).")
  private @Nullable String target;

  @Override
  public Integer call() throws IOException {
    if (noScm && subdirectory) {
      throw new PipelineException("--no-scm and --subdir do not go together");
    }
    var directory = folder.toAbsolutePath().normalize();
    return name == null && data == null && target == null
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
    if (Files.notExists(directory.resolve(".dvc"))) {
      Files.createDirectories(directory);
      if (Files.exists(directory.resolve(".git")) || noScm || subdirectory) {
        new RepositoryInit(noScm, subdirectory, force).run(directory);
      } else {
        Repository.init(directory);
      }
    }
    for (var file : new String[] {"mlops.yaml", "params.yaml", "dvc.yaml", ".gitignore"}) {
      writeIfAbsent(directory.resolve(file), template(file));
    }
    System.out.printf("Put the table in %s, then: mlops up%n", or(data, "data/data.csv"));
    return 0;
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  private String template(String file) throws IOException {
    // The build leaves files out whose names begin with a dot.
    var resource = "init/" + (file.startsWith(".") ? file.substring(1) : file);
    try (var in = InitCommand.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("%NAME%", or(name, "MyModel"))
          .replace("%DATA%", or(data, "data/data.csv"))
          .replace("%TARGET%", or(target, "target"));
    }
  }

  private static void writeIfAbsent(Path file, String text) throws IOException {
    if (Files.notExists(file)) {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      System.out.println("wrote " + file.getFileName());
    }
  }
}
