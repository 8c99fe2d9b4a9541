package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Config;
import io.mlopscore.pipeline.UrlContent;
import io.mlopscore.pipeline.UrlContents;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// URLs of the kinds that remotes have. A server is asked when its URL is looked at.
public final class RemoteUrls implements UrlContents {
  @Override
  public Optional<UrlContent> find(Config config, String url) throws IOException {
    try (var source = UrlSource.open(config, url, Map.of(), Path.of("/"))) {
      return Optional.of(source.version());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public void remove(Config config, String url) throws IOException {
    try (var source = UrlSource.open(config, url, Map.of(), Path.of("/"))) {
      source.remove();
    }
  }
}
