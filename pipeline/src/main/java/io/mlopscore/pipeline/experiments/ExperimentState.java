package io.mlopscore.pipeline.experiments;

import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.UrlContent;
import io.mlopscore.pipeline.compare.ValueFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A commit, or the workspace, with what its files say and the experiments that vary it.
///
/// @param revision the full hash of a commit, or `workspace`
/// @param name of the experiment, or of a branch or tag that is this commit
/// @param data empty when it cannot be read
/// @param error why it cannot be read
public record ExperimentState(
    String revision,
    Optional<String> name,
    Optional<Data> data,
    Optional<Failure> error,
    List<Variant> experiments) {
  public static final String WORKSPACE = "workspace";

  public ExperimentState {
    experiments = List.copyOf(experiments);
  }

  /// @param type what Python would call it; empty for that of a run
  public record Failure(String message, String type) {}

  ExperimentState failed(Failure failure) {
    return new ExperimentState(revision, name, data, Optional.of(failure), experiments);
  }

  /// This and the experiments that vary it.
  Stream<ExperimentState> withExperiments() {
    return Stream.concat(Stream.of(this), experiments.stream().map(Variant::experiment));
  }

  /// What waits has not measured anything yet.
  ExperimentState withoutMetrics() {
    return new ExperimentState(revision, name, data.map(Data::withoutMetrics), error, experiments);
  }

  /// An experiment.
  ///
  /// @param executor who runs it or did; empty when no queue did
  public record Variant(ExperimentState experiment, Optional<Executor> executor) {}

  /// @param state `queued`, `running`, `failed` or `success`
  /// @param name empty when it failed
  /// @param task the hash of the commit that was queued
  public record Executor(String state, Optional<String> name, String task) {}

  /// What the files of a commit say, by their paths below the repository.
  ///
  /// @param time of the commit, in seconds; empty for the workspace
  public record Data(
      Optional<Long> time,
      ValueFiles params,
      ValueFiles metrics,
      Map<String, Content> dependencies,
      Map<String, Content> outputs) {
    public Data {
      dependencies = ordered(dependencies);
      outputs = ordered(outputs);
    }

    Data withoutMetrics() {
      return new Data(time, params, ValueFiles.NONE, dependencies, outputs);
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
  }

  /// @param recorded nothing of a stage that never ran
  /// @param source whether it was added rather than made
  public record Content(Optional<Recorded> recorded, boolean cached, boolean source) {}

  /// What is recorded of data.
  ///
  /// @param hash or what a server tells contents apart by
  /// @param size bytes; empty when nobody counted
  /// @param files how many a directory has; empty for a file
  public record Recorded(String hash, OptionalLong size, OptionalInt files) {
    static Recorded of(Tracked content) {
      boolean isDirectory = content.hash().isDirectory();
      return new Recorded(
          content.hash().value(),
          known(content.size()),
          isDirectory ? OptionalInt.of(content.files()) : OptionalInt.empty());
    }

    static Recorded of(UrlContent content) {
      int files = content.files();
      return new Recorded(
          content.value(),
          known(content.size()),
          files > 0 ? OptionalInt.of(files) : OptionalInt.empty());
    }

    private static OptionalLong known(long size) {
      return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }
  }
}
