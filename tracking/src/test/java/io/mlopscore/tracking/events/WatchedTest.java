package io.mlopscore.tracking.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.NewRun;
import io.mlopscore.tracking.RunBatch;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import io.mlopscore.tracking.http.RestModelRegistry;
import io.mlopscore.tracking.http.RestTrackingStore;
import io.mlopscore.tracking.sql.SqlModelRegistry;
import io.mlopscore.tracking.sql.SqlTrackingStore;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each write is told once, after it succeeded.
final class WatchedTest {
  private final List<Change> told = new ArrayList<>();
  @TempDir private Path folder;
  private Tracking tracking;
  private TrackingStore store;
  private ModelRegistry registry;

  @BeforeEach
  void open() {
    tracking = Tracking.open(Tracking.DEFAULT_URI, folder);
    store = new WatchedStore(tracking.store(), told::add);
    registry = new WatchedRegistry(tracking.registry(), told::add);
  }

  @AfterEach
  void close() {
    tracking.close();
  }

  @Test
  void everythingLoggedToARunIsTold() {
    var run = store.createRun(new NewRun("0", "one", "ada", 1_000, Map.of())).info();
    var metric = new Metric("loss", 0.5, 1_000, 1);
    store.log(run.runId(), new RunBatch(List.of(metric), Map.of("p", "1"), Map.of("t", "x")));
    store.endRun(run.runId(), RunStatus.FINISHED, 2_000);

    assertThat(told)
        .containsExactly(
            new RunChange.Created(run),
            new RunChange.MetricsLogged(run.runId(), List.of(metric)),
            new RunChange.ParamsLogged(run.runId(), List.of("p")),
            new RunChange.TagsChanged(run.runId(), List.of("t")),
            new RunChange.Updated(run.runId(), RunStatus.FINISHED, 2_000L));
  }

  @Test
  void deletedAndRestoredRunIsTold() {
    var run = store.createRun(new NewRun("0", "one", "ada", 1_000, Map.of())).info().runId();
    told.clear();
    store.deleteRun(run);
    store.restoreRun(run);

    assertThat(told)
        .containsExactly(
            new RunChange.Moved(run, LifecycleStage.DELETED),
            new RunChange.Moved(run, LifecycleStage.ACTIVE));
  }

  @Test
  void whatIsRefusedIsNotTold() {
    assertThatThrownBy(() -> store.endRun("none", RunStatus.FINISHED, 1))
        .isInstanceOf(TrackingException.class);
    assertThatThrownBy(() -> registry.setAlias("none", "champion", 1))
        .isInstanceOf(TrackingException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void everyChangeOfTheRegistryIsTold() {
    registry.createRegisteredModel("Iris", Map.of("a", "b"), "flowers");
    var version = registry.createVersion("Iris", "models:/x", null, null, Map.of());
    registry.setAlias("Iris", "champion", 1);
    registry.setVersionTag("Iris", 1, "k", "v");
    registry.deleteVersionTag("Iris", 1, "k");
    registry.deleteAlias("Iris", "champion");

    assertThat(told)
        .containsExactly(
            new RegistryChange.ModelCreated("Iris", Map.of("a", "b"), "flowers"),
            new RegistryChange.VersionCreated(version),
            new RegistryChange.AliasSet("Iris", "champion", 1),
            new RegistryChange.VersionTagChanged("Iris", 1, "k", "v"),
            new RegistryChange.VersionTagChanged("Iris", 1, "k", null),
            new RegistryChange.AliasDeleted("Iris", "champion"));
  }

  /// A default method that is not passed on would work around a store's own way to do it.
  @Test
  void everyMethodThatAStoreHasIsPassedOn() {
    assertThat(missing(WatchedStore.class, SqlTrackingStore.class, RestTrackingStore.class))
        .isEmpty();
    assertThat(missing(WatchedRegistry.class, SqlModelRegistry.class, RestModelRegistry.class))
        .isEmpty();
  }

  private static List<Method> missing(Class<?> watched, Class<?>... stores) {
    return Arrays.stream(watched.getInterfaces()[0].getMethods())
        .filter(method -> Arrays.stream(stores).anyMatch(store -> declares(store, method)))
        .filter(method -> !declares(watched, method))
        .toList();
  }

  private static boolean declares(Class<?> type, Method method) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(
            own ->
                own.getName().equals(method.getName())
                    && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }
}
