package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.AddOptions;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.RemoteImport;
import io.mlopscore.pipeline.remote.UrlImport;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops add`: as `dvc add`.
@Command(description = "Tracks files or directories as data.", mixinStandardHelpOptions = true)
public final class AddCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What to track.")
  private List<String> targets = List.of();

  @Option(names = "--glob", description = "Paths may have wildcards: *, ?, [a-z], **.")
  private boolean glob;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PATH",
      description = "Copy the data there and track the copy.")
  private @Nullable String out;

  @Option(
      names = {"-f", "--force"},
      description = "With --out: overwrite what is there.")
  private boolean force;

  @Option(
      names = "--no-commit",
      description = "Record the hash; leave the content out of the cache.")
  private boolean noCommit;

  @Option(names = "--no-relink", description = "Leave the files as they are, links or not.")
  private boolean noRelink;

  @Mixin private final ToRemoteOptions destination = new ToRemoteOptions();

  @Option(
      names = {"-j", "--remote-jobs"},
      paramLabel = "N",
      description = "With --to-remote: how many files to copy at a time.")
  private int jobs = UrlImport.JOBS;

  @Override
  public Integer call() throws IOException {
    requireConsistent();
    var pipeline = Pipeline.open(Path.of(""));
    if (destination.asked()) {
      GitHint.print(pipeline, send(pipeline));
      return 0;
    }
    var options =
        new AddOptions(
            Optional.ofNullable(out).map(pipeline::resolve), force, !noCommit, !noRelink);
    var paths = paths(pipeline);
    GitHint.print(pipeline, new DataStore(pipeline).add(paths, options));
    return 0;
  }

  private void requireConsistent() {
    if ((destination.asked() || out != null) && (noCommit || glob || targets.size() > 1)) {
      throw new PipelineException(
          "%s takes one target, and neither --glob nor --no-commit"
              .formatted(destination.asked() ? "--to-remote" : "--out"));
    }
  }

  private Set<Path> send(Pipeline pipeline) throws IOException {
    try (var shown = new ProgressLine()) {
      return new RemoteImport(pipeline, destination.remote(), jobs, shown.progress())
          .track(targets.getFirst(), Optional.ofNullable(out).orElse(""), force);
    } catch (NoSuchFileException e) {
      throw new PipelineException("'%s' does not exist".formatted(targets.getFirst()), e);
    }
  }

  private List<Path> paths(Pipeline pipeline) throws IOException {
    if (!glob) {
      return targets.stream().map(pipeline::resolve).toList();
    }
    var paths = new ArrayList<Path>();
    for (var target : targets) {
      paths.addAll(matching(pipeline, target));
    }
    if (paths.isEmpty()) {
      throw new PipelineException("Glob %s has no matches.".formatted(targets));
    }
    return paths;
  }

  /// As a shell expands it: names with a dot in front must be asked for.
  private static List<Path> matching(Pipeline pipeline, String pattern) throws IOException {
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    var all = pattern.startsWith("**/") ? pattern.substring("**/".length()) : pattern;
    var here = FileSystems.getDefault().getPathMatcher("glob:" + all);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : Path.of(pattern).getNameCount();
    try (Stream<Path> files = Files.walk(pipeline.directory(), depth)) {
      return files
          .filter(path -> !path.equals(pipeline.directory()))
          .map(path -> pipeline.directory().relativize(path))
          .filter(path -> isVisible(path, pattern))
          .filter(path -> matcher.matches(path) || here.matches(path))
          .map(pipeline.directory()::resolve)
          .sorted()
          .toList();
    }
  }

  private static boolean isVisible(Path path, String pattern) {
    if (pattern.startsWith(".") || pattern.contains("/.")) {
      return true;
    }
    for (var part : path) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
