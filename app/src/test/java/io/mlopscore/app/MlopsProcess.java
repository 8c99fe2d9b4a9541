package io.mlopscore.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The `mlops` command as a process of its own, from the classes under test.
final class MlopsProcess {
  private MlopsProcess() {}

  /// A command line in a folder; nothing of the caller's settings reaches it.
  static ProcessBuilder of(Path folder, String... arguments) {
    var command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    for (var name : List.of("MLFLOW_TRACKING_URI", "API_KEY", "ENVIRONMENT", "MODEL_DIR")) {
      builder.environment().remove(name);
    }
    return builder;
  }

  /// Writes a script that is `mlops`, for the commands of pipeline stages.
  static Path script(Path folder) throws IOException {
    var line = java().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    var script =
        Files.writeString(folder.resolve("mlops"), "#!/bin/sh\nexec " + line + " \"$@\"\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    return script;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-XX:TieredStopAtLevel=1",
        "-Djava.util.logging.config.file="
            + Path.of("src/dist/conf/logging.properties").toAbsolutePath(),
        "-cp",
        absoluteClassPath(),
        "io.mlopscore.app.Main");
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
