package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Makes the workspace hold what was recorded, from the cache.
public final class Checkout {
  /// What happened to one output.
  public enum Action {
    ADDED,
    MODIFIED,
    /// The cache lacks its content.
    MISSING,
    /// The workspace holds something that the cache does not have; it would be lost.
    REFUSED
  }

  public record Entry(Path file, Action action) {}

  private final Workspace workspace;
  private final ContentCache cache;
  private final boolean force;
  private final List<Entry> entries = new ArrayList<>();

  Checkout(Workspace workspace, ContentCache cache, boolean force) {
    this.workspace = workspace;
    this.cache = cache;
    this.force = force;
  }

  /// Those outputs that were not as recorded.
  List<Entry> run(List<Recorded> outputs) throws IOException {
    for (var recorded : outputs) {
      checkout(recorded.output().file(), recorded.content());
    }
    return List.copyOf(entries);
  }

  private void checkout(Path file, Tracked content) throws IOException {
    var now = workspace.look(file);
    if (now.isPresent() && now.get().sameContent(content)) {
      return;
    }
    if (!cache.containsAll(content.hash())) {
      entries.add(new Entry(file, Action.MISSING));
    } else if (!force && now.isPresent() && wouldLose(file, now.get(), content)) {
      entries.add(new Entry(file, Action.REFUSED));
    } else {
      new Outputs(workspace, cache).restore(file, content);
      entries.add(new Entry(file, now.isEmpty() ? Action.ADDED : Action.MODIFIED));
    }
  }

  private boolean wouldLose(Path file, Tracked now, Tracked content) throws IOException {
    if (!now.hash().isDirectory()) {
      return !cache.contains(now.hash());
    }
    var kept =
        content.hash().isDirectory()
            ? new HashSet<>(cache.listing(content.hash()).files().entrySet())
            : new HashSet<>();
    for (var present : workspace.filesIn(file).entrySet()) {
      if (!kept.contains(present) && !cache.contains(present.getValue())) {
        return true;
      }
    }
    return false;
  }

  /// An output with the content that `dvc.lock` or a `*.dvc` file names.
  record Recorded(Output output, Tracked content) {
    static Optional<Recorded> of(Output output, Optional<Tracked> content) {
      return output.cached() ? content.map(found -> new Recorded(output, found)) : Optional.empty();
    }
  }
}
