package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Writes into `*.dvc` files and `dvc.lock` which versions of data a remote keeps.
public final class VersionRecords {
  private final Pipeline pipeline;
  private final Map<Path, Tracked> pushed;
  private final Set<Path> written = new LinkedHashSet<>();

  /// @param pushed the contents with their versions, by the files of the outputs
  public VersionRecords(Pipeline pipeline, Map<Path, Tracked> pushed) {
    this.pipeline = pipeline;
    this.pushed = Map.copyOf(pushed);
  }

  /// What another process recorded otherwise meanwhile stays.
  ///
  /// @return the files that are not as they were
  public Set<Path> write() throws IOException {
    pipeline.locks().refresh();
    for (var node : pipeline.nodes()) {
      switch (node) {
        case DataSource data -> write(data);
        case Stage stage -> write(stage);
        case PartialImport _ -> {}
      }
    }
    return written;
  }

  private void write(DataSource data) throws IOException {
    var now = pushed.get(data.output().file());
    if (now != null
        && now.sameContent(data.recorded())
        && DataFile.write(data.definition(), data.output().path(), now)) {
      written.add(data.definition());
    }
  }

  private void write(Stage stage) throws IOException {
    var entry = pipeline.locks().entry(stage);
    if (entry.isPresent()
        && stage.outputs().stream().anyMatch(output -> pushed.containsKey(output.file()))) {
      var listener =
          new ReproListener() {
            @Override
            public void lockWritten(Path file, boolean created) {
              written.add(file);
            }
          };
      pipeline.records().write(stage, versioned(stage, entry.get()), 0, listener);
    }
  }

  /// As DVC has it, all directories of such an entry are listed file by file, those that the stage
  /// reads too.
  private LockEntry versioned(Stage stage, LockEntry entry) throws IOException {
    var outputs = listed(entry.outputs());
    for (var output : stage.outputs()) {
      var now = pushed.get(output.file());
      var before = entry.outputs().get(output.path());
      if (now != null && before != null && now.sameContent(before)) {
        outputs.put(output.path(), now);
      }
    }
    return new LockEntry(
        entry.command(),
        listed(entry.dependencies()),
        entry.urls(),
        entry.params(),
        outputs,
        entry.urlOutputs());
  }

  private Map<String, Tracked> listed(Map<String, Tracked> contents) throws IOException {
    var listed = new LinkedHashMap<String, Tracked>();
    for (var content : contents.entrySet()) {
      listed.put(content.getKey(), listed(content.getValue()));
    }
    return listed;
  }

  /// Of an empty directory there would be nothing left to tell it by.
  private Tracked listed(Tracked content) throws IOException {
    boolean known =
        content.hash().isDirectory()
            && content.versions() instanceof Versions.None
            && pipeline.cache().contains(content.hash());
    if (!known) {
      return content;
    }
    var listing = pipeline.cache().listing(content.hash());
    return listing.files().isEmpty() ? content : content.with(Versions.OfFiles.of(listing));
  }
}
