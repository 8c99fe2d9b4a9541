package io.mlopscore.pipeline.executor;

import java.nio.file.Path;

/// Commands started by the Java runtime, as on systems without the calls that are used else.
class JavaProcessTest extends ExecutorContract {
  @Override
  protected Executor executor(Path root) {
    return new LocalExecutor(System.getenv(), JavaProcess::start);
  }
}
