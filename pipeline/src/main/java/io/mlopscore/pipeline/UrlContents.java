package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.Optional;

/// Asks servers for what URLs hold that stages read.
public interface UrlContents {
  /// What a URL holds; empty when nothing is there.
  ///
  /// @param config has the remotes that URLs `remote://…` name, and their options
  Optional<UrlContent> find(Config config, String url) throws IOException;

  /// Where no server can be asked.
  UrlContents NONE =
      (_, url) -> {
        throw new PipelineException("%s cannot be looked at here".formatted(url));
      };
}
