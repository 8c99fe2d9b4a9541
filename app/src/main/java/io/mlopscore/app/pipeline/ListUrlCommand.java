package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.NoRepositoryException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.remote.UrlEntry;
import io.mlopscore.pipeline.remote.UrlFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops ls-url`: as `dvc ls-url`, without `--tree`.
@Command(description = "Lists what lies behind a URL.", mixinStandardHelpOptions = true)
public final class ListUrlCommand implements Callable<Integer> {
  @Parameters(paramLabel = "URL", description = "A path, or an s3, gs, azure, http or remote URL.")
  private String url = "";

  @Option(
      names = {"-R", "--recursive"},
      description = "Also what lies in folders.")
  private boolean recursive;

  @Option(
      names = {"-L", "--level"},
      paramLabel = "DEPTH",
      description = "With -R: so many levels of folders.")
  private int level = Integer.MAX_VALUE;

  @Option(names = "--size", description = "Show sizes.")
  private boolean sizes;

  @Mixin private final UrlOptions reached = new UrlOptions();

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    for (var entry :
        new UrlFiles(settings(here), reached.all(), here).list(url, recursive, level)) {
      System.out.println(line(entry));
    }
    return 0;
  }

  private String line(UrlEntry entry) {
    return sizes
        ? "%10s  %s".formatted(entry.isFolder() ? "-" : Sizes.text(entry.size()), entry.path())
        : entry.path();
  }

  /// The settings of the repository around here, or of none.
  static Config settings(Path here) throws IOException {
    try {
      return Repository.containing(here).config();
    } catch (NoRepositoryException _) {
      return Config.of(here.resolve(".dvc"), System.getenv());
    }
  }
}
