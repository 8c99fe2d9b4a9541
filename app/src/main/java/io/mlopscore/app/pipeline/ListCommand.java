package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.files.FileList;
import io.mlopscore.pipeline.files.FileListText;
import io.mlopscore.pipeline.remote.SourceRepository;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops ls`: as `dvc ls`.
@Command(description = "Lists the files and data of a repository.", mixinStandardHelpOptions = true)
public final class ListCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "A folder or a URL of git.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "A file or folder in it (all).")
  private String path = "";

  @Option(
      names = {"-R", "--recursive"},
      description = "Also what lies in folders.")
  private boolean recursive;

  @Option(
      names = {"-T", "--tree"},
      description = "Draw the folders as a tree.")
  private boolean tree;

  @Option(
      names = {"-L", "--level"},
      paramLabel = "DEPTH",
      description = "With -R or -T: so many levels of folders.")
  private int level = Integer.MAX_VALUE;

  @Option(names = "--dvc-only", description = "Only data.")
  private boolean dataOnly;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--size", description = "Show sizes.")
  private boolean sizes;

  @Option(names = "--show-hash", description = "Show what data hashes to.")
  private boolean hashes;

  @Mixin private final SourceOptions options = new SourceOptions();

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    try (var shown = new ProgressLine();
        var source =
            SourceRepository.open(
                options.address(url),
                here,
                Optional.empty(),
                OptionalInt.empty(),
                shown.progress())) {
      var start = source.entry(path);
      var list = new FileList(source.files(), dataOnly);
      var text = new FileListText(sizes, hashes);
      if (tree) {
        System.out.print(text.tree(list.tree(start, level), path.isEmpty() ? "." : path));
      } else {
        var entries = list.of(start, recursive ? level : 1);
        System.out.print(json ? text.json(entries) + "\n" : text.lines(entries));
      }
    } catch (NoSuchFileException e) {
      throw new PipelineException(e.getFile(), e);
    }
    return 0;
  }
}
