package io.mlopscore.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.mlopscore.model.Column;
import io.mlopscore.model.ModelException;
import io.mlopscore.model.Scorer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Scores any ONNX classifier with ONNX Runtime, one session for all threads.
///
/// A native call holds the carrier of a virtual thread, so virtual threads hand their rows to a
/// pool of as many platform threads as there are processors; platform threads call directly.
final class RuntimeScorer implements Scorer {
  private final List<String> classes;
  private final OrtSession session;
  private final ClassifierInput input;
  private final ClassifierOutput output;
  private final ExecutorService pool;

  private RuntimeScorer(OrtSession session, List<Column> columns, List<String> classes)
      throws OrtException {
    this.classes = List.copyOf(classes);
    this.session = session;
    this.input = ClassifierInput.of(session, columns);
    this.output = ClassifierOutput.of(session, classes);
    this.pool =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("onnx-", 0).factory());
  }

  /// @param classes the labels, in the order of the graph
  static Scorer load(Path file, List<Column> columns, List<String> classes) {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // By its path: large weights may be in a file beside it.
      var session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
      try {
        return new RuntimeScorer(session, columns, classes);
      } catch (OrtException | RuntimeException e) {
        session.close(); // its memory is not Java's, and nobody else would give it back
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot load the model: " + e.getMessage(), e);
    }
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public double[] probabilities(double[] row) {
    return Thread.currentThread().isVirtual() ? onPool(row) : run(row);
  }

  private double[] onPool(double[] row) {
    try {
      return pool.submit(() -> run(row)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("scoring was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelException("scoring failed: " + e.getCause(), e);
    }
  }

  private double[] run(double[] row) {
    try (var tensors = input.tensors(row);
        var result = session.run(tensors.byName(), output.names())) {
      return output.probabilities(result);
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime refuses the row: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    pool.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot close the model: " + e.getMessage(), e);
    }
  }
}
