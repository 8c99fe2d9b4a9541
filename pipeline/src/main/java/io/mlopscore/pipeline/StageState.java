package io.mlopscore.pipeline;

import java.nio.file.Path;
import java.util.List;

/// Whether a stage must run.
public sealed interface StageState {
  record UpToDate() implements StageState {}

  /// @param changes every reason, at least one
  record Changed(List<Change> changes) implements StageState {
    public Changed {
      changes = List.copyOf(changes);
    }
  }

  /// One reason to run.
  sealed interface Change {
    /// What happened to a file or value since the lock was written, in the words of `dvc status`.
    enum What {
      NEW("new"),
      MODIFIED("modified"),
      DELETED("deleted"),
      NOT_IN_CACHE("not in cache");

      private final String word;

      What(String word) {
        this.word = word;
      }

      public String word() {
        return word;
      }
    }

    record CommandChanged() implements Change {}

    record DependencyChanged(Path file, What what) implements Change {}

    /// As above, for what a URL names.
    record UrlChanged(String url, What what) implements Change {}

    record ParameterChanged(Path file, String key, What what) implements Change {}

    record OutputChanged(Path file, What what) implements Change {}

    /// As above, for what a URL names.
    record UrlOutputChanged(String url, What what) implements Change {}

    /// What was imported has changed where it came from.
    ///
    /// @param source the path there, and the repository
    record UpdateAvailable(String source) implements Change {}

    /// The file of an import says something else than when its source was asked.
    record ChecksumChanged() implements Change {}

    /// The stage asks to run every time, or reads and writes nothing that is known.
    record AlwaysChanged() implements Change {}
  }
}
