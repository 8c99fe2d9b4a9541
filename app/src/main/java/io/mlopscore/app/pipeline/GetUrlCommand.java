package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.UrlFiles;
import io.mlopscore.pipeline.remote.UrlImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops get-url`: as `dvc get-url`.
@Command(description = "Copies a file or folder from a URL.", mixinStandardHelpOptions = true)
public final class GetUrlCommand implements Callable<Integer> {
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

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many files to copy at a time.")
  private int jobs = UrlImport.JOBS;

  @Option(
      names = {"-f", "--force"},
      description = "Replace what is there.")
  private boolean force;

  @Option(
      names = "--fs-config",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "An option of the URL, as remotes have it.")
  private Map<String, String> options = Map.of();

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    var last = url.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
    var target = here.resolve(out.isEmpty() ? last : out).normalize();
    if (!out.isEmpty() && Files.isDirectory(target)) {
      target = target.resolve(last);
    }
    try (var shown = new ProgressLine()) {
      new UrlFiles(ListUrlCommand.settings(here), options, here)
          .get(url, target, force, jobs, shown.progress());
    }
    return 0;
  }
}
