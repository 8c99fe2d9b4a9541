package io.mlopscore.pipeline.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `git` command at the root of one working tree, its answers without the last line break.
///
/// @param environment set for git beside what this process has, such as an index of its own
record GitCommand(Path root, Map<String, String> environment) {
  GitCommand {
    environment = Map.copyOf(environment);
  }

  GitCommand(Path root) {
    this(root, Map.of());
  }

  /// The same command with one more variable set.
  GitCommand with(String name, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new GitCommand(root, more);
  }

  String run(String... arguments) throws IOException {
    return git().run(arguments).stripTrailing();
  }

  /// As [#run], with `input` to read.
  String runWith(String input, String... arguments) throws IOException {
    return new String(git().feed(input.getBytes(UTF_8), arguments), UTF_8).stripTrailing();
  }

  /// What git printed, or nothing when it says no by its exit code.
  Optional<String> ask(String... arguments) throws IOException {
    return askWith("", arguments);
  }

  /// As [#ask], with `input` to read.
  Optional<String> askWith(String input, String... arguments) throws IOException {
    var answer = git().ask(input.getBytes(UTF_8), arguments);
    return answer.code() == 0 ? Optional.of(answer.text().stripTrailing()) : Optional.empty();
  }

  List<String> lines(String... arguments) throws IOException {
    return git().lines(arguments);
  }

  private Git git() {
    return new Git(root, environment);
  }
}
