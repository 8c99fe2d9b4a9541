package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What of a file store cannot be read. Work goes on with the next file, so that all of it is named
/// at once.
final class Damage {
  private final List<String> sentences = new ArrayList<>();

  <T> void each(List<T> entries, Consumer<T> bring) {
    entries.forEach(entry -> of(() -> bring.accept(entry)));
  }

  void of(Runnable bring) {
    try {
      bring.run();
    } catch (TrackingException e) {
      sentences.add(String.valueOf(e.getMessage()));
    }
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }

  /// @throws TrackingException if there is any
  void refuse() {
    if (!sentences.isEmpty()) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, String.join("\n", sentences));
    }
  }
}
