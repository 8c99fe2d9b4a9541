package io.mlopscore.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keeps cached outputs out of git: each as `/name` in the `.gitignore` of its own directory.
///
/// Git is asked once about all outputs that are expected, not once for each.
final class GitIgnore {
  private static final Pattern SPECIAL = Pattern.compile("([\\\\*?\\[\\]!#])");

  private final Repository repository;
  private final Map<Path, Set<String>> lines = new HashMap<>();
  private final Set<Path> expected = new LinkedHashSet<>();
  private @Nullable TreeSet<String> tracked;
  private Set<Path> asked = Set.of();
  private Set<Path> ignored = Set.of();

  GitIgnore(Repository repository) {
    this.repository = repository;
  }

  /// Announces outputs that may be ignored later.
  void expect(Collection<Path> outputs) {
    expected.addAll(outputs);
  }

  /// Adds an entry unless git ignores the path already.
  ///
  /// @return the file that was changed
  /// @throws PipelineException when git tracks the path, since then ignoring it has no effect
  Optional<Path> ignore(Path output) throws IOException {
    if (repository.git().isEmpty() || !repository.config().useGit()) {
      return Optional.empty();
    }
    var file = output.resolveSibling(".gitignore");
    var entry = "/" + SPECIAL.matcher(output.getFileName().toString()).replaceAll("\\\\$1");
    if (lines(file).contains(entry)) {
      return Optional.empty();
    }
    if (isTracked(output)) {
      throw new PipelineException(
          "output '%s' is already tracked by SCM (git); hand it over with `git rm -r --cached '%s'`"
              .formatted(repository.relative(output), repository.relative(output)));
    }
    if (isIgnored(output)) {
      return Optional.empty();
    }
    append(file, entry);
    return Optional.of(file);
  }

  private Set<String> lines(Path file) throws IOException {
    var known = lines.get(file);
    if (known == null) {
      known = new HashSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
      lines.put(file, known);
    }
    return known;
  }

  /// Reads the file anew: an editor or another process may have changed it meanwhile.
  private void append(Path file, String entry) throws IOException {
    var text = Files.exists(file) ? Files.readString(file) : "";
    if (text.lines().noneMatch(entry::equals)) {
      var separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      WholeFile.write(file, text + separator + entry + "\n");
    }
    lines(file).add(entry);
  }

  private boolean isTracked(Path output) throws IOException {
    var known = tracked;
    if (known == null) {
      known = new TreeSet<>(git(List.of(), "ls-files", "-z"));
      tracked = known;
    }
    var name = repository.relative(output);
    var inside = known.ceiling(name + "/");
    return known.contains(name) || (inside != null && inside.startsWith(name + "/"));
  }

  private boolean isIgnored(Path output) throws IOException {
    if (!asked.contains(output)) {
      expected.add(output);
      asked = Set.copyOf(expected);
      ignored = new HashSet<>();
      var names = asked.stream().filter(repository::contains).map(repository::relative).toList();
      for (var name : git(names, "check-ignore", "-z", "--stdin")) {
        ignored.add(repository.root().resolve(name));
      }
    }
    return ignored.contains(output);
  }

  /// What a git command lists, relative to the root; where git is not installed that is nothing.
  private List<String> git(List<String> input, String... arguments) throws IOException {
    Git.Answer answer;
    try {
      answer =
          new Git(repository.root())
              .ask((String.join("\0", input) + "\0").getBytes(UTF_8), arguments);
    } catch (PipelineException e) {
      if (e.getCause() instanceof IOException) {
        return List.of();
      }
      throw e;
    }
    // 1 is the answer of check-ignore that nothing is ignored.
    if (answer.code() > 1) {
      throw new PipelineException(
          "`git %s` failed: %s".formatted(String.join(" ", arguments), answer.error()));
    }
    return Arrays.stream(answer.text().split("\0", -1)).filter(name -> !name.isEmpty()).toList();
  }
}
