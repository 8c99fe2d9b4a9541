package io.mlopscore.pipeline.ignore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which paths git ignores, from its files alone: `.gitignore` at every level, `.git/info/exclude`
/// and the user's own file. Stages are not looked for there.
///
/// What git tracks already counts as any other path.
public final class GitIgnored {
  private record Rule(boolean negated, boolean directoryOnly, boolean inside, Pattern regex) {
    boolean matches(String path, boolean isDirectory) {
      return (isDirectory || !directoryOnly) && regex.matcher(path).matches();
    }

    /// Whether it takes all that a directory holds, though not the directory by name.
    boolean takesContents(String path) {
      return inside && regex.matcher(path + "/x").matches();
    }
  }

  private static final Pattern EXCLUDES_FILE =
      Pattern.compile(
          "(?ims)^\\s*\\[core][^\\[]*?^\\s*excludesfile\\s*=\\s*\"?([^\"\\n]+?)\"?\\s*$");

  private final Path root;
  private final Map<Path, List<Rule>> files = new ConcurrentHashMap<>();
  private final Map<Path, Boolean> directories = new ConcurrentHashMap<>();
  private final List<Rule> everywhere = new ArrayList<>();

  /// @param root of the git work tree, absolute
  /// @param environment where `HOME` and `XDG_CONFIG_HOME` are looked up
  public GitIgnored(Path root, Map<String, String> environment) throws IOException {
    this.root = root;
    var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    everywhere.addAll(read(userFile(home, environment)));
    everywhere.addAll(read(root.resolve(".git").resolve("info").resolve("exclude")));
  }

  private static Path userFile(Path home, Map<String, String> environment) throws IOException {
    var settings = home.resolve(".gitconfig");
    if (Files.isRegularFile(settings)) {
      var found = EXCLUDES_FILE.matcher(Files.readString(settings, StandardCharsets.ISO_8859_1));
      if (found.find()) {
        var name = found.group(1);
        return name.startsWith("~/") ? home.resolve(name.substring(2)) : home.resolve(name);
      }
    }
    var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var directory = xdg.isEmpty() ? home.resolve(".config") : Path.of(xdg);
    return directory.resolve("git").resolve("ignore");
  }

  /// @param path absolute and normalized; one outside of the work tree is not ignored
  public boolean ignores(Path path, boolean isDirectory) throws IOException {
    if (!path.startsWith(root) || path.equals(root)) {
      return false;
    }
    return directoryIsIgnored(parent(path))
        || isExcluded(path, isDirectory)
        || (isDirectory && contentsAreExcluded(path));
  }

  private boolean directoryIsIgnored(Path directory) throws IOException {
    if (directory.equals(root)) {
      return false;
    }
    var known = directories.get(directory);
    if (known == null) {
      known = directoryIsIgnored(parent(directory)) || isExcluded(directory, true);
      directories.put(directory, known);
    }
    return known;
  }

  /// The deepest file that has something to say decides, and its last line that does.
  private boolean isExcluded(Path path, boolean isDirectory) throws IOException {
    for (var at = parent(path); at.startsWith(root); at = parent(at)) {
      var found = last(rules(at), relative(at, path), isDirectory);
      if (found.isPresent()) {
        return !found.get().negated();
      }
    }
    return last(everywhere, relative(root, path), isDirectory)
        .map(found -> !found.negated())
        .orElse(false);
  }

  private static Optional<Rule> last(List<Rule> rules, String path, boolean isDirectory) {
    return rules.reversed().stream().filter(rule -> rule.matches(path, isDirectory)).findFirst();
  }

  private boolean contentsAreExcluded(Path directory) throws IOException {
    for (var at = directory; at.startsWith(root); at = parent(at)) {
      var path = relative(at, directory);
      var found =
          rules(at).reversed().stream().filter(rule -> rule.takesContents(path)).findFirst();
      if (found.isPresent()) {
        return !found.get().negated();
      }
    }
    return false;
  }

  private static Path parent(Path path) {
    return path.resolveSibling("");
  }

  private static String relative(Path directory, Path path) {
    return directory.relativize(path).toString().replace('\\', '/');
  }

  private List<Rule> rules(Path directory) throws IOException {
    var known = files.get(directory);
    if (known == null) {
      known = read(directory.resolve(".gitignore"));
      files.put(directory, known);
    }
    return known;
  }

  private static List<Rule> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    var rules = new ArrayList<Rule>();
    new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> rule(line).ifPresent(rules::add));
    return List.copyOf(rules);
  }

  /// A pattern that cannot be read is passed over, as git does.
  private static Optional<Rule> rule(String line) {
    var text = line.endsWith("\\ ") ? line : line.stripTrailing();
    boolean negated = text.startsWith("!");
    var pattern = negated ? text.substring(1) : text;
    boolean directoryOnly = pattern.endsWith("/");
    pattern = directoryOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (pattern.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean inside = pattern.endsWith("/*") || pattern.endsWith("/**");
    try {
      var regex = Pattern.compile(Glob.regex(Glob.segments(pattern), "/.+", ""), Pattern.DOTALL);
      return Optional.of(new Rule(negated, directoryOnly, inside, regex));
    } catch (Glob.Malformed | PatternSyntaxException _) {
      return Optional.empty();
    }
  }
}
