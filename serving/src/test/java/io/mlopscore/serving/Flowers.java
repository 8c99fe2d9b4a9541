package io.mlopscore.serving;

import io.mlopscore.model.ModelException;
import io.mlopscore.model.ModelFolder;
import io.mlopscore.model.Scorer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A shelf from which models are taken; a test puts them there.
final class Flowers implements ModelSource {
  private final AtomicReference<Optional<Shelved>> shelf = new AtomicReference<>(Optional.empty());

  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicReference<@Nullable IOException> trouble = new AtomicReference<>();

  private record Shelved(Release release, Scorer scorer) {}

  static Flowers empty() {
    return new Flowers();
  }

  static Flowers withVersion(String version) {
    var flowers = new Flowers();
    flowers.put(version, new FlowerModel());
    return flowers;
  }

  void put(String version, Scorer scorer) {
    shelf.set(Optional.of(new Shelved(new Release("flowers", version, version), scorer)));
  }

  /// Lets the next fetch fail.
  void failOnce(IOException cause) {
    trouble.set(cause);
  }

  int fetches() {
    return fetches.get();
  }

  @Override
  public Optional<Release> current() {
    return shelf.get().map(Shelved::release);
  }

  @Override
  public Fetched fetch(Release release) throws IOException {
    fetches.incrementAndGet();
    var cause = trouble.getAndSet(null);
    if (cause != null) {
      throw cause;
    }
    var shelved =
        shelf
            .get()
            .filter(s -> s.release().equals(release))
            .orElseThrow(() -> new ModelException(release + " is gone"));
    return new Fetched(
        FlowerModel.folder(),
        shelved.scorer(),
        Map.of("accuracy", 0.9667, "precision", 0.97, "recall", 0.9667, "f1_score", 0.9664));
  }

  @Override
  public void keep(ModelFolder served) {}

  @Override
  public Optional<ReleaseMemory> memory() {
    return Optional.empty();
  }

  @Override
  public String describe() {
    return "the shelf";
  }
}
