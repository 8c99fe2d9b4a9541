package io.mlopscore.deploy.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The command `terraform` in a copy of `deploy/terraform`, with the provider of these tests.
///
/// @param root the copy
/// @param reattach of the provider
record Terraform(Path root, String reattach) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CHANGE =
      Pattern.compile("\\[DEBUG] (\\S+): applying the planned (\\w+) change");

  /// @param command what ran, for messages
  record Result(String command, int exitCode, String output) {
    List<JsonNode> lines() {
      return output.lines().filter(line -> line.startsWith("{")).map(Result::parse).toList();
    }

    private static JsonNode parse(String line) {
      try {
        return JSON.readTree(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Copies `deploy/terraform` without what Terraform put there, since its lock names the real
  /// provider; and what it reads beside it: promises, rules and the script of a training.
  static Terraform copyTo(Path folder, String reattach) throws IOException {
    Path source = repository().resolve("deploy");
    for (var part :
        List.of("terraform", "slo.yaml", "prometheus/rules/causes.yaml", "rollout/train")) {
      try (Stream<Path> files = Files.walk(source.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          copy(file, folder.resolve(source.relativize(file).toString()));
        }
      }
    }
    return new Terraform(folder.resolve("terraform"), reattach);
  }

  private static void copy(Path file, Path target) throws IOException {
    if (!file.toString().contains(".terraform")) {
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  static Path repository() {
    return Path.of("../..").toAbsolutePath().normalize();
  }

  Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, Map.of(), arguments);
  }

  /// What `tests/<test>.tftest.hcl` does to which resource, such as `Create google_sql_user.main`,
  /// in the order in which it is done, which only the log tells.
  List<String> changes(Path folder, String test) throws IOException, InterruptedException {
    var init = run(folder, "init", "-backend=false", "-no-color");
    var log = folder.resolve("changes.log");
    var logged = Map.of("TF_LOG_CORE", "debug", "TF_LOG_PATH", log.toString());
    var result = run(folder, logged, "test", "-filter=tests/" + test + ".tftest.hcl", "-no-color");
    if (init.exitCode() != 0 || result.exitCode() != 0) {
      throw new AssertionError(init.output() + result.output());
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(CHANGE::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(2) + " " + found.group(1))
          .toList();
    }
  }

  private Result run(Path folder, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("TF_") || name.startsWith("GOOGLE_"));
    builder.environment().put("TF_REATTACH_PROVIDERS", reattach);
    builder.environment().put("TF_IN_AUTOMATION", "1");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(String.join(" ", command), process.waitFor(), output);
  }

  /// The folders that are modules or roots.
  List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("versions.tf"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }
}
