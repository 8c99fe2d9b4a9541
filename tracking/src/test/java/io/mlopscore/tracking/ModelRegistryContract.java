package io.mlopscore.tracking;

import static io.mlopscore.tracking.TrackingStoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every model registry does, in process or behind a server.
interface ModelRegistryContract {
  TrackingStore store();

  ModelRegistry registry();

  @Test
  default void registeredModelIsFoundByName() {
    registry().createRegisteredModel("Wine", Map.of("team", "red"), "which wine");
    var model = registry().registeredModel("Wine").orElseThrow();
    assertThat(model.description()).isEqualTo("which wine");
    assertThat(model.tags()).containsEntry("team", "red");
    assertThat(registry().registeredModels()).extracting(RegisteredModel::name).contains("Wine");
    assertThat(registry().registeredModel("Beer")).isEmpty();
  }

  @Test
  default void registeredModelNameIsTakenOnce() {
    registry().createRegisteredModel("Once", Map.of(), "");
    assertRefused(
        () -> registry().createRegisteredModel("Once", Map.of(), ""),
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        "Registered Model (name=Once) already exists.");
  }

  @Test
  default void versionsCountUpAndComeNewestFirst() {
    registry().createRegisteredModel("Counted", Map.of(), "");
    version("Counted");
    version("Counted");
    assertThat(registry().versions("Counted"))
        .extracting(ModelVersion::version)
        .containsExactly(2, 1);
  }

  @Test
  default void aliasMovesFromVersionToVersion() {
    registry().createRegisteredModel("Aliased", Map.of(), "");
    version("Aliased");
    version("Aliased");
    registry().setAlias("Aliased", "champion", 1);
    registry().setAlias("Aliased", "champion", 2);
    assertThat(registry().versionByAlias("Aliased", "champion").orElseThrow().version())
        .isEqualTo(2);
    assertThat(registry().registeredModel("Aliased").orElseThrow().aliases())
        .containsEntry("champion", 2);
    registry().deleteAlias("Aliased", "champion");
    assertThat(registry().versionByAlias("Aliased", "champion")).isEmpty();
  }

  @Test
  default void reservedAliasIsRefused() {
    registry().createRegisteredModel("Reserved", Map.of(), "");
    version("Reserved");
    assertRefused(
        () -> registry().setAlias("Reserved", "v1", 1),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Version alias name 'v1' is reserved.");
  }

  @Test
  default void sourceThatClimbsOutIsRefused() {
    registry().createRegisteredModel("Climbing", Map.of(), "");
    assertRefused(
        () -> registry().createVersion("Climbing", "runs:/0/../../etc", null, null, Map.of()),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid model version source");
  }

  @Test
  default void absentModelAndVersionAreNamed() {
    assertRefused(
        () -> registry().versions("Absent"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Registered Model with name=Absent not found");
    registry().createRegisteredModel("Present", Map.of(), "");
    assertRefused(
        () -> registry().version("Present", 7),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Model Version (name=Present, version=7) not found");
  }

  @Test
  default void versionTagIsSetAndRemoved() {
    registry().createRegisteredModel("Tagged", Map.of(), "");
    version("Tagged");
    registry().setVersionTag("Tagged", 1, "approved", "yes");
    assertThat(registry().version("Tagged", 1).tags()).containsEntry("approved", "yes");
    registry().deleteVersionTag("Tagged", 1, "approved");
    assertThat(registry().version("Tagged", 1).tags()).doesNotContainKey("approved");
  }

  @Test
  default void versionOfALoggedModelIsDownloadedFromItsFolder() {
    registry().createRegisteredModel("Logged", Map.of(), "");
    var experiment = store().createExperiment("of-logged", Map.of());
    var model =
        store()
            .createLoggedModel(new NewLoggedModel(experiment, "m", null, null, Map.of(), Map.of()));
    store().finishLoggedModel(model.modelId(), LoggedModel.Status.READY);
    var source = "models:/" + model.modelId();
    var version = registry().createVersion("Logged", source, null, model.modelId(), Map.of());
    assertThat(version.modelId()).isEqualTo(model.modelId());
    assertThat(registry().downloadUri("Logged", 1)).isEqualTo(model.artifactUri());
  }

  @Test
  default void runIsRegisteredOnceAndAMovedAliasStays() {
    var experiment = store().createExperiment("registered", Map.of());
    var first = register(experiment);
    var second = register(experiment);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.aliases()).containsExactly("champion");
    registry().setAlias("Auto", "champion", 1);
    var again = new Registration(registry()).register("Auto", run(first), id(first), "champion");
    assertThat(again.version()).isEqualTo(1);
    new Registration(registry()).register("Auto", run(second), id(second), "champion");
    assertThat(registry().versionByAlias("Auto", "champion").orElseThrow().version()).isEqualTo(1);
  }

  private ModelVersion register(String experiment) {
    var run = store().createRun(new NewRun(experiment, "r", "ada", 1, Map.of())).info();
    var model =
        store()
            .createLoggedModel(
                new NewLoggedModel(experiment, "m", null, run.runId(), Map.of(), Map.of()));
    store().finishLoggedModel(model.modelId(), LoggedModel.Status.READY);
    return new Registration(registry()).register("Auto", run.runId(), model.modelId(), "champion");
  }

  private static String run(ModelVersion version) {
    return String.valueOf(version.runId());
  }

  private static String id(ModelVersion version) {
    return String.valueOf(version.modelId());
  }

  private void version(String name) {
    registry().createVersion(name, "mlflow-artifacts:/0/x/artifacts/m", null, null, Map.of());
  }
}
