package io.mlopscore.app;

import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops init`: as `dvc init`, and the files in which a project says what it does.
@Command(
    description = {
      "Makes this folder a project: .dvc as `dvc init` makes it, and, where they are missing,",
      "mlops.yaml, params.yaml and dvc.yaml for a table with a column to predict."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      defaultValue = "MyModel",
      description = "Name of the model (${DEFAULT-VALUE}).")
  private String name = "MyModel";

  @Option(
      names = "--data",
      defaultValue = "data/data.csv",
      description = "The table (${DEFAULT-VALUE}).")
  private String data = "data/data.csv";

  @Option(
      names = "--target",
      defaultValue = "target",
      description = "The column to predict (${DEFAULT-VALUE}).")
  private String target = "target";

  @Override
  public Integer call() throws IOException {
    var directory = Path.of("").toAbsolutePath();
    if (Files.notExists(directory.resolve(".dvc"))) {
      Repository.init(directory);
    }
    for (var file : new String[] {"mlops.yaml", "params.yaml", "dvc.yaml", ".gitignore"}) {
      writeIfAbsent(directory.resolve(file), template(file));
    }
    System.out.printf("Put the table in %s, then: mlops up%n", data);
    return 0;
  }

  private String template(String file) throws IOException {
    // The build leaves files out whose names begin with a dot.
    var resource = "init/" + (file.startsWith(".") ? file.substring(1) : file);
    try (var in = InitCommand.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("%NAME%", name)
          .replace("%DATA%", data)
          .replace("%TARGET%", target);
    }
  }

  private static void writeIfAbsent(Path file, String text) throws IOException {
    if (Files.notExists(file)) {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      System.out.println("wrote " + file.getFileName());
    }
  }
}
