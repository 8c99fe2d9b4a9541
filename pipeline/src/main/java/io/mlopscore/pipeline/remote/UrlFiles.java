package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Files behind URLs, copied and listed without tracking them.
///
/// @param options by the names that remotes have for them
/// @param directory where relative paths start
public record UrlFiles(Config config, Map<String, String> options, Path directory) {
  /// What a copy of a URL is called unless somebody says otherwise: its last name.
  public static String last(String url) {
    return url.replaceFirst("[?#].*", "").replaceFirst("/+$", "").replaceFirst(".*/", "");
  }

  public void get(String url, Path target, boolean force, int jobs, Progress progress)
      throws IOException {
    if (Files.exists(target) && !force) {
      throw new PipelineException(
          "The file '%s' already exists locally; --force replaces it".formatted(target));
    }
    try (var source = UrlSource.open(config, url, options, directory)) {
      source.download(target, jobs, progress);
    } catch (NoSuchFileException e) {
      throw new PipelineException("The path '%s' does not exist".formatted(url), e);
    }
  }

  /// @param depth how many levels of folders, with `recursive`
  public List<UrlEntry> list(String url, boolean recursive, int depth) throws IOException {
    try (var source = UrlSource.open(config, url, options, directory)) {
      return source.list(depth, recursive);
    } catch (NoSuchFileException e) {
      throw new PipelineException("The path '%s' does not exist".formatted(url), e);
    }
  }
}
