package io.mlopscore.serving;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The model that answers at this moment. Swapping it loses no request: each one finishes on the
/// model with which it began.
public final class LiveModel {
  private final AtomicReference<@Nullable ServedModel> current = new AtomicReference<>();

  /// The model, held for the caller, who must let it go; null if there is none.
  @Nullable ServedModel acquire() {
    while (true) {
      var model = current.get();
      if (model == null || model.retain()) {
        return model;
      }
      // It was replaced and closed between the two steps: the next one is there already.
    }
  }

  /// Puts a model in place of the one before, which closes once its requests are done.
  void replace(@Nullable ServedModel next) {
    var previous = current.getAndSet(next);
    if (previous != null) {
      previous.letGo();
    }
  }

  /// What is being served, to look at.
  public Optional<Release> release() {
    var model = current.get();
    return model == null ? Optional.empty() : Optional.of(model.release());
  }
}
