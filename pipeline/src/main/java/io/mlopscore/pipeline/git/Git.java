package io.mlopscore.pipeline.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// A git work tree, reached through the `git` command.
///
/// Answers do not depend on the settings of whoever runs it: no pager, no prompt, no colours, no
/// optional locks.
public final class Git {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_PAGER", "cat",
          "GIT_TERMINAL_PROMPT", "0",
          "GIT_OPTIONAL_LOCKS", "0",
          "LC_ALL", "C.UTF-8");

  /// What a command of git gave back.
  public static final class Answer {
    private final int code;
    private final byte[] output;
    private final String error;

    private Answer(int code, byte[] output, String error) {
      this.code = code;
      this.output = output;
      this.error = error;
    }

    /// 0 when it worked.
    public int code() {
      return code;
    }

    public byte[] output() {
      return output.clone();
    }

    public String text() {
      return new String(output, UTF_8);
    }

    /// What it said on its second channel, without blanks around.
    public String error() {
      return error;
    }
  }

  private final Path directory;
  private final Map<String, String> more;

  /// @param directory inside of a work tree
  public Git(Path directory) {
    this(directory, Map.of());
  }

  /// @param more environment for every command, such as `GIT_INDEX_FILE`
  public Git(Path directory, Map<String, String> more) {
    this.directory = directory;
    this.more = Map.copyOf(more);
  }

  /// The work tree that a repository of data stands in.
  ///
  /// @throws PipelineException when it stands in none, or is not to use it
  public static Git of(Repository repository) {
    if (repository.git().isEmpty() || !repository.config().useGit()) {
      throw new PipelineException(
          "%s is not under git, which knows the revisions; `git init` makes it so"
              .formatted(repository.root()));
    }
    return new Git(repository.git().get());
  }

  /// The same with one more variable set for every command.
  public Git with(String name, String value) {
    var variables = new HashMap<>(more);
    variables.put(name, value);
    return new Git(directory, variables);
  }

  /// The root of the work tree, or where this was opened.
  public Path directory() {
    return directory;
  }

  /// The commit that a revision names.
  ///
  /// @param revision a branch, a tag, an id, or what git makes of them, such as `HEAD~1`
  /// @throws PipelineException when there is none
  public String commit(String revision) throws IOException {
    return find(revision)
        .orElseThrow(() -> new PipelineException("unknown Git revision '" + revision + "'"));
  }

  public Optional<String> find(String revision) throws IOException {
    if (revision.startsWith("-")) {
      return Optional.empty();
    }
    return answer("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
  }

  /// The branch that is checked out; empty where a commit is.
  public Optional<String> branch() throws IOException {
    return answer("symbolic-ref", "--quiet", "--short", "HEAD");
  }

  /// Names of the local branches.
  public List<String> branches() throws IOException {
    return lines("for-each-ref", "--format=%(refname:short)", "refs/heads");
  }

  public List<String> tags() throws IOException {
    return lines("for-each-ref", "--format=%(refname:short)", "refs/tags");
  }

  /// Every commit that a branch, a tag or `HEAD` leads to, the newest first.
  public List<String> commits() throws IOException {
    return find("HEAD").isEmpty() ? List.of() : lines("rev-list", "--branches", "--tags", "HEAD");
  }

  /// Whether git keeps a file, or anything below a directory.
  public boolean tracks(Path path) throws IOException {
    return !run("ls-files", "-z", "--", path.toString()).isEmpty();
  }

  /// The tree of a folder at a commit; empty when there is no such folder.
  ///
  /// @param path relative to the root of the work tree, with `/`; empty for the root
  public Optional<String> folder(String commit, String path) throws IOException {
    var name = commit + ":" + (path.isEmpty() ? "" : path + "/");
    return answer("rev-parse", "--verify", "--quiet", name);
  }

  /// Everything below a tree, its folders too.
  ///
  /// @param tree its id, or a commit
  public List<TreeEntry> tree(String tree) throws IOException {
    var entries = new ArrayList<TreeEntry>();
    for (var line : run("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", tree).split("\0", -1)) {
      if (!line.isEmpty()) {
        entries.add(TreeEntry.parse(line));
      }
    }
    return entries;
  }

  /// The content of a file at a revision; empty when it is not there.
  ///
  /// @param path relative to the root of the work tree, with `/`
  public Optional<byte[]> file(String commit, String path) throws IOException {
    var answer = ask("cat-file", "blob", commit + ":" + path);
    return answer.code() == 0 ? Optional.of(answer.output()) : Optional.empty();
  }

  public List<String> lines(String... arguments) throws IOException {
    return run(arguments).lines().toList();
  }

  /// What a command prints, without the last line break.
  ///
  /// @throws PipelineException with git's own words when it fails
  public String run(String... arguments) throws IOException {
    return require(ask(arguments), arguments).text().stripTrailing();
  }

  /// As [#run], with a text for the command to read.
  public String runWith(String input, String... arguments) throws IOException {
    return new String(feed(input.getBytes(UTF_8), arguments), UTF_8).stripTrailing();
  }

  /// As [#run], but empty when it fails.
  public Optional<String> answer(String... arguments) throws IOException {
    var answer = ask(arguments);
    return answer.code() == 0 ? Optional.of(answer.text().stripTrailing()) : Optional.empty();
  }

  /// All that a command prints, with bytes for the command to read.
  public byte[] feed(byte[] input, String... arguments) throws IOException {
    return require(ask(input, arguments), arguments).output;
  }

  private static Answer require(Answer answer, String... arguments) {
    if (answer.code() != 0) {
      throw new PipelineException(
          "git %s failed: %s".formatted(String.join(" ", arguments), answer.error()));
    }
    return answer;
  }

  /// What a command answers, whether it worked or not.
  public Answer ask(String... arguments) throws IOException {
    return ask(new byte[0], arguments);
  }

  /// As [#ask(String...)], with bytes for the command to read.
  public Answer ask(byte[] input, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(more);
    var process = start(builder);
    // Each stream has a thread of its own: a full pipe on one must not keep the others waiting.
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var error = threads.submit(() -> read(process.getErrorStream()));
      threads.execute(() -> write(process.getOutputStream(), input));
      var output = process.getInputStream().readAllBytes();
      return new Answer(process.waitFor(), output, new String(error.get(), UTF_8).strip());
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new PipelineException("git was interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("git could not be talked to", e.getCause());
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new PipelineException("git cannot be started: is it installed?", e);
    }
  }

  private static byte[] read(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A command that ends without reading all of it is no failure of ours: its code tells.
  private static void write(OutputStream stream, byte[] input) {
    try (stream) {
      stream.write(input);
    } catch (IOException _) {
      // The code and the words of the command say what went wrong.
    }
  }
}
