package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.remote.UrlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `mlops get-url`: as `dvc get-url`.
@Command(description = "Copies a file or folder from a URL.", mixinStandardHelpOptions = true)
public final class GetUrlCommand implements Callable<Integer> {
  @Mixin private final UrlCopyOptions copy = new UrlCopyOptions();

  @Override
  public Integer call() throws IOException {
    var here = Path.of("").toAbsolutePath();
    var last = UrlFiles.last(copy.url());
    var target = here.resolve(copy.out().isEmpty() ? last : copy.out()).normalize();
    if (!copy.out().isEmpty() && Files.isDirectory(target)) {
      target = target.resolve(last);
    }
    try (var shown = new ProgressLine()) {
      new UrlFiles(ListUrlCommand.settings(here), copy.options(), here)
          .get(copy.url(), target, copy.force(), copy.jobs(), shown.progress());
    }
    return 0;
  }
}
