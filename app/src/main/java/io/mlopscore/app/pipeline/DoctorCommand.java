package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.Doctor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mlops doctor`: what the repository stands on, and what will make trouble.
@Command(
    description = "Shows what the repository stands on, and looks for trouble (exit code 1).",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private final String version;

  /// @param version the line that names the program
  public DoctorCommand(String version) {
    this.version = version;
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(version);
    var doctor = new Doctor(Path.of("").toAbsolutePath(), System.getenv());
    try {
      doctor.facts().forEach(System.out::println);
    } catch (ConfigException _) {
      System.out.println("Repo: its settings cannot be read");
    }
    var troubles = doctor.troubles();
    for (var trouble : troubles) {
      System.out.printf("%nTrouble: %s%n  Do this: %s%n", trouble.what(), trouble.remedy());
    }
    if (troubles.isEmpty()) {
      System.out.println("\nNo trouble was found.");
    }
    return troubles.isEmpty() ? 0 : 1;
  }
}
