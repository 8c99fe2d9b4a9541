package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.List;

/// Fetches what the cache lacks, from wherever the repository keeps it.
public interface MissingData {
  /// Brings the recorded contents of some nodes into the cache, as far as they can be had. Takes
  /// the repository lock itself.
  void fetch(List<Node> nodes) throws IOException;

  /// Downloads what an import left for later, and records it. Takes the repository lock itself.
  void download(PartialImport partial) throws IOException;

  /// Brings the results of earlier runs.
  void fetchRuns() throws IOException;

  /// Where nothing can be fetched.
  MissingData NONE =
      new MissingData() {
        @Override
        public void fetch(List<Node> nodes) {}

        @Override
        public void fetchRuns() {}

        @Override
        public void download(PartialImport partial) {
          throw new PipelineException(
              "'%s' was not downloaded yet".formatted(partial.output().path()));
        }
      };
}
