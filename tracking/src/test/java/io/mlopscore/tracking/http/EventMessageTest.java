package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RunInfo;
import io.mlopscore.tracking.RunStatus;
import io.mlopscore.tracking.events.Change;
import io.mlopscore.tracking.events.RegistryChange;
import io.mlopscore.tracking.events.RunChange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every kind of change is an event that the list of types names.
final class EventMessageTest {
  private static final RunInfo RUN =
      new RunInfo(
          "r", "one", "0", "ada", RunStatus.RUNNING, 1, null, "x:/r", LifecycleStage.ACTIVE);
  private static final ModelVersion VERSION =
      new ModelVersion(
          "Iris", 1, "", null, "None", "x:/m", "", "", "READY", null, 1, 1, Map.of(), List.of());

  private static final List<Change> CHANGES =
      List.of(
          new RunChange.Created(RUN),
          new RunChange.Updated("r", RunStatus.FINISHED, 2L),
          new RunChange.Moved("r", LifecycleStage.DELETED),
          new RunChange.MetricsLogged("r", List.of()),
          new RunChange.ParamsLogged("r", List.of("p")),
          new RunChange.TagsChanged("r", List.of("t")),
          new RunChange.InputsLogged("r"),
          new RunChange.OutputLogged("r", "m-1"),
          new RegistryChange.ModelCreated("Iris", Map.of(), ""),
          new RegistryChange.ModelUpdated("Iris"),
          new RegistryChange.ModelRenamed("Iris", "Rose"),
          new RegistryChange.ModelDeleted("Iris"),
          new RegistryChange.ModelTagChanged("Iris", "k", "v"),
          new RegistryChange.ModelTagChanged("Iris", "k", null),
          new RegistryChange.VersionCreated(VERSION),
          new RegistryChange.VersionUpdated("Iris", 1),
          new RegistryChange.VersionDeleted("Iris", 1),
          new RegistryChange.StageChanged("Iris", 1, "Staging"),
          new RegistryChange.VersionTagChanged("Iris", 1, "k", "v"),
          new RegistryChange.VersionTagChanged("Iris", 1, "k", null),
          new RegistryChange.AliasSet("Iris", "champion", 1),
          new RegistryChange.AliasDeleted("Iris", "champion"));

  @Test
  void listOfTypesNamesThemAll() {
    var types =
        new TreeSet<>(CHANGES.stream().map(change -> EventMessage.of(change).type()).toList());
    types.add(EventStream.MISSED);
    assertThat(types).isEqualTo(new TreeSet<>(EventRoutes.TYPES));
  }

  @Test
  void everyKindOfChangeWasLookedAt() {
    var kinds =
        Stream.of(RunChange.class, RegistryChange.class)
            .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()));
    assertThat(kinds).allMatch(kind -> CHANGES.stream().anyMatch(kind::isInstance));
  }

  @Test
  void onlyWhatWasSetIsSaid() {
    assertThat(EventMessage.of(new RunChange.Updated("r", null, null)).data())
        .hasToString("{\"run_id\":\"r\"}");
  }
}
