package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.RemoteImport;
import io.mlopscore.pipeline.remote.UrlImport;
import io.mlopscore.pipeline.remote.UrlImport.Extent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops import-url`: as `dvc import-url`, without `--version-aware`.
@Command(
    description = "Tracks data from a URL, and remembers where it came from.",
    mixinStandardHelpOptions = true)
public final class ImportUrlCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "A path, or an s3, gs, azure, ssh, http or remote URL.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT",
      description = "Where it goes (its last name).")
  private String out = "";

  @Option(names = "--no-exec", description = "Only record the URL.")
  private boolean noExec;

  @Option(names = "--no-download", description = "Record what is there without downloading it.")
  private boolean noDownload;

  @Option(names = "--to-remote", description = "Send the data straight to a remote; keep no copy.")
  private boolean toRemote;

  @Option(
      names = {"-r", "--remote"},
      paramLabel = "NAME",
      description = "With --to-remote: which (the default one).")
  private @Nullable String remote;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = 4 * Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Option(
      names = "--fs-config",
      paramLabel = "KEY=VALUE",
      description = "An option of the URL, as remotes have it.")
  private Map<String, String> options = Map.of();

  @Override
  public Integer call() throws IOException {
    if (noExec && noDownload) {
      throw new PipelineException("--no-exec and --no-download are mutually exclusive");
    }
    if (toRemote && (noExec || noDownload)) {
      throw new PipelineException("--no-exec/--no-download cannot be combined with --to-remote");
    }
    if (!toRemote && remote != null) {
      throw new PipelineException("--remote can't be used without --to-remote");
    }
    var extent = noExec ? Extent.NO_EXEC : noDownload ? Extent.NO_DOWNLOAD : Extent.ALL;
    var pipeline = Pipeline.open(Path.of(""));
    Path written;
    try (var shown = new ProgressLine()) {
      var to = Optional.ofNullable(remote);
      written =
          toRemote
              ? new RemoteImport(pipeline, options, to, jobs, shown.progress()).add(url, out, force)
              : new UrlImport(pipeline, options, jobs, shown.progress())
                  .add(url, out, extent, force);
    } catch (NoSuchFileException e) {
      throw new PipelineException("'%s' does not exist".formatted(url), e);
    }
    System.out.println(
        "\nTo track the changes with git, run:\n\n\tgit add " + pipeline.shown(written) + "\n");
    return 0;
  }
}
