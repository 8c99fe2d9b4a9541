package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.Optional;

/// Talks with servers about what lies behind URLs that stages read and write.
public interface UrlContents {
  /// What a URL holds; empty when nothing is there.
  ///
  /// @param config has the remotes that URLs `remote://…` name, and their options
  Optional<UrlContent> find(Config config, String url) throws IOException;

  /// Removes what a URL holds, a folder with all that is in it; nothing there is no error.
  ///
  /// @param config as above
  void remove(Config config, String url) throws IOException;

  /// Where no server can be asked.
  UrlContents NONE =
      new UrlContents() {
        @Override
        public Optional<UrlContent> find(Config config, String url) {
          throw new PipelineException("%s cannot be looked at here".formatted(url));
        }

        @Override
        public void remove(Config config, String url) {
          throw new PipelineException("%s cannot be removed here".formatted(url));
        }
      };
}
