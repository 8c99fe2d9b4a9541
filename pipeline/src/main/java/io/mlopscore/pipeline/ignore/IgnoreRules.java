package io.mlopscore.pipeline.ignore;

import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules for what is directly inside one directory.
public final class IgnoreRules {
  private static final List<IgnorePattern> ALWAYS = always();

  private final Path directory;
  private final String prefix;
  private final List<IgnorePattern> patterns;

  private IgnoreRules(Path directory, String prefix, List<IgnorePattern> patterns) {
    this.directory = directory;
    this.prefix = prefix;
    this.patterns = patterns;
  }

  private static List<IgnorePattern> always() {
    var patterns = new ArrayList<IgnorePattern>();
    for (var text : List.of(".hg/", ".git/", ".git", ".dvc/")) {
      IgnorePattern.of(text, ":" + text).ifPresent(patterns::add);
    }
    return List.copyOf(patterns);
  }

  static IgnoreRules top(Path root) throws IOException {
    return new IgnoreRules(root, "", ALWAYS).withFile();
  }

  /// The directory whose entries these rules are for.
  public Path directory() {
    return directory;
  }

  /// Whether an entry is ignored; a repository of its own is told by [#enter] only.
  public boolean ignores(String name, boolean isDirectory) {
    if (patterns == ALWAYS) {
      return name.startsWith(".")
          && (name.equals(".git") || (isDirectory && (name.equals(".hg") || name.equals(".dvc"))));
    }
    return last(prefix + name, isDirectory).map(found -> !found.negated()).orElse(false);
  }

  /// The rules inside a directory of this one; empty when it is ignored or a repository of its
  /// own, so that a walk leaves it out.
  public Optional<IgnoreRules> enter(String name) throws IOException {
    var inside = directory.resolve(name);
    return ignores(name, true) || DvcIgnore.isRepository(inside)
        ? Optional.empty()
        : Optional.of(new IgnoreRules(inside, prefix + name + "/", patterns).withFile());
  }

  private IgnoreRules withFile() throws IOException {
    var file = directory.resolve(DvcIgnore.FILE);
    if (!Files.exists(file) || ignores(DvcIgnore.FILE, false)) {
      return this;
    }
    var all = new ArrayList<>(patterns);
    int number = 0;
    for (var raw : lines(file)) {
      number++;
      var line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        var source = "%s%s:%d:%s".formatted(prefix, DvcIgnore.FILE, number, line);
        IgnorePattern.of(fromRoot(line), source).ifPresent(all::add);
      }
    }
    return all.size() == patterns.size() ? this : new IgnoreRules(directory, prefix, all);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new PipelineException(file + ": this is no UTF-8 text", e);
    }
  }

  /// A line as if it stood in the root's file. A backslash at the start is lost, which is what
  /// `dvc` makes of it.
  private String fromRoot(String line) {
    if (prefix.isEmpty()) {
      return line;
    }
    boolean negated = line.startsWith("!");
    var rule = negated ? line.substring(1) : line;
    int slash = rule.indexOf('/');
    boolean anyDepth = slash < 0 || slash == rule.length() - 1 || rule.startsWith("**/");
    rule = rule.startsWith(anyDepth ? "**/" : "/") ? rule.substring(anyDepth ? 3 : 1) : rule;
    rule = rule.startsWith("\\") ? rule.substring(1) : rule;
    return (negated ? "!/" : "") + prefix + (anyDepth ? "**/" : "") + rule;
  }

  private Optional<IgnorePattern> last(String path, boolean isDirectory) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (applies(patterns.get(i), path, isDirectory)) {
        return Optional.of(patterns.get(i));
      }
    }
    return Optional.empty();
  }

  private static boolean applies(IgnorePattern pattern, String path, boolean isDirectory) {
    if (pattern.directoryOnly() && !isDirectory) {
      return false;
    }
    return pattern.matches(path) || (isDirectory && pattern.matches(path + "/"));
  }

  /// Of neighbouring lines that ignore, and that are alike in speaking of directories only, the
  /// first is named: `dvc` joins them into one expression.
  Optional<IgnorePattern> deciding(String name, boolean isDirectory) {
    var path = prefix + name;
    var found = last(path, isDirectory);
    if (found.isEmpty() || found.get().negated()) {
      return found;
    }
    var named = found.get();
    for (int i = patterns.indexOf(named) - 1; i >= 0; i--) {
      var other = patterns.get(i);
      if (other.negated() || other.directoryOnly() != named.directoryOnly()) {
        break;
      }
      if (applies(other, path, isDirectory)) {
        named = other;
      }
    }
    return Optional.of(named);
  }
}
