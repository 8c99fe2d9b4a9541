package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.Set;

/// What the updates of one `repro` share.
///
/// @param paths what running stages use
/// @param changed nodes that ran or would run
record UpdateContext(
    Pipeline pipeline,
    RepositoryLock lock,
    PathLocks paths,
    StageGraph graph,
    ReproOptions options,
    ReproListener listener,
    MissingData missing,
    Set<Node> changed) {

  interface Work {
    void run() throws IOException;
  }

  /// Does something while the repository is free for others; what was seen of it before is then
  /// looked at again.
  void released(Work work) throws IOException {
    lock.release();
    try {
      work.run();
    } finally {
      lock.retake(RepositoryLock.FOREVER);
      pipeline.locks().refresh();
      pipeline.observer().forget();
      paths.forget();
    }
  }
}
