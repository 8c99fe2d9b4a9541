package io.mlopscore.pipeline.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The state of a working tree as git would commit it, collected in an index of its own: HEAD, the
/// branch and what is staged are not touched, whatever happens meanwhile.
final class Snapshot implements AutoCloseable {
  private static final String FILE = "100644";
  private static final String EXECUTABLE = "100755";

  private final Path index;
  private final Git git;

  private Snapshot(Path index, Git git) {
    this.index = index;
    this.git = git;
  }

  /// Starts with what is staged and every change to files that git knows.
  ///
  /// @param temporary a folder for the index
  static Snapshot of(Git git, Path temporary) throws IOException {
    Files.createDirectories(temporary);
    var index = Files.createTempFile(temporary, "index", "");
    var staged = git.directory().resolve(git.run("rev-parse", "--git-path", "index"));
    if (Files.exists(staged)) {
      // Its time tells git which files may have changed unseen within the tick of the clock.
      Files.copy(
          staged, index, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    } else {
      Files.delete(index);
    }
    var snapshot = new Snapshot(index, git.with("GIT_INDEX_FILE", index.toString()));
    snapshot.git.run("add", "--update", "--", ".");
    return snapshot;
  }

  /// Adds files and folders that are there and that git does not ignore.
  void add(Collection<Path> paths) throws IOException {
    var names = present(paths);
    if (names.isEmpty()) {
      return;
    }
    var ignored = git.ask(joined(names).getBytes(UTF_8), "check-ignore", "-z", "--stdin");
    names.removeAll(List.of(ignored.text().split("\0", -1)));
    stage(names, List.of());
  }

  /// Adds files and folders that are there, even if git ignores them.
  void addAll(Collection<Path> paths) throws IOException {
    stage(present(paths), List.of("--force"));
  }

  private void stage(List<String> names, List<String> options) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<>(List.of("--literal-pathspecs", "add"));
    arguments.addAll(options);
    arguments.addAll(List.of("--pathspec-from-file=-", "--pathspec-file-nul"));
    git.runWith(joined(names), arguments.toArray(String[]::new));
  }

  private List<String> present(Collection<Path> paths) {
    return paths.stream()
        .filter(path -> path.startsWith(git.directory()))
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .map(this::name)
        .distinct()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private String name(Path path) {
    return git.directory()
        .relativize(path)
        .toString()
        .replace(path.getFileSystem().getSeparator(), "/");
  }

  private static String joined(List<String> names) {
    return String.join("\0", names);
  }

  /// Puts a file with this text in the place of what the working tree has.
  void put(Path path, String text) throws IOException {
    put(path, git.runWith(text, "hash-object", "-w", "--stdin"), Files.isExecutable(path));
  }

  /// Puts a file with the content of another.
  void put(Path path, Path content) throws IOException {
    put(path, git.run("hash-object", "-w", "--no-filters", "--", content.toString()), false);
  }

  private void put(Path path, String blob, boolean executable) throws IOException {
    var mode = executable ? EXECUTABLE : FILE;
    git.run("update-index", "--add", "--cacheinfo", mode + "," + blob + "," + name(path));
  }

  /// The hash of the tree.
  String tree() throws IOException {
    return git.run("write-tree");
  }

  /// Files that neither the tree has nor git ignores.
  List<String> untracked() throws IOException {
    return List.of(git.run("ls-files", "--others", "--exclude-standard", "-z").split("\0", -1))
        .stream()
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /// Makes a commit of the tree.
  static String commit(Git git, String tree, List<String> parents, String message)
      throws IOException {
    var arguments = new ArrayList<>(List.of("commit-tree", tree));
    for (var parent : parents) {
      arguments.addAll(List.of("-p", parent));
    }
    arguments.addAll(List.of("-F", "-"));
    return git.runWith(message, arguments.toArray(String[]::new));
  }

  /// The tree of a commit.
  static Optional<String> treeOf(Git git, String commit) throws IOException {
    return git.answer("rev-parse", "--verify", "--quiet", commit + "^{tree}");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(index);
  }
}
