package io.mlopscore.tracking;

import static io.mlopscore.tracking.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.search.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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
  default void registeredModelTagIsSetAndRemoved() {
    registry().createRegisteredModel("Labelled", Map.of("kept", "1"), "");
    registry().setTag("Labelled", "team", "red");
    registry().setTag("Labelled", "team", "blue");
    registry().deleteTag("Labelled", "kept");
    registry().deleteTag("Labelled", "never there");
    assertThat(registry().registeredModel("Labelled").orElseThrow().tags())
        .containsExactlyEntriesOf(Map.of("team", "blue"));
    assertRefused(
        () -> registry().setTag("Unlabelled", "team", "red"),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Registered Model with name=Unlabelled not found");
    assertRefused(
        () -> registry().setTag("Labelled", "a//b", ""),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "This name would resolve to 'a/b'");
  }

  @Test
  default void renamedModelKeepsVersionsTagsAndAliases() {
    registry().createRegisteredModel("Old", Map.of("team", "red"), "described");
    version("Old");
    registry().setVersionTag("Old", 1, "approved", "yes");
    registry().setAlias("Old", "champion", 1);
    var renamed = registry().renameRegisteredModel("Old", "New");
    assertThat(renamed.name()).isEqualTo("New");
    assertThat(renamed.description()).isEqualTo("described");
    assertThat(renamed.tags()).containsEntry("team", "red");
    assertThat(registry().versionByAlias("New", "champion").orElseThrow().tags())
        .containsEntry("approved", "yes");
    assertThat(registry().registeredModel("Old")).isEmpty();
    registry().createRegisteredModel("Other", Map.of(), "");
    assertRefused(
        () -> registry().renameRegisteredModel("New", "Other"),
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        "Registered Model (name=Other) already exists.");
  }

  @Test
  default void deletedModelLeavesItsNameFree() {
    registry().createRegisteredModel("Gone", Map.of("team", "red"), "");
    version("Gone");
    registry().setVersionTag("Gone", 1, "approved", "yes");
    registry().setAlias("Gone", "champion", 1);
    registry().deleteRegisteredModel("Gone");
    assertThat(registry().registeredModel("Gone")).isEmpty();
    registry().createRegisteredModel("Gone", Map.of(), "");
    assertThat(version("Gone").version()).isEqualTo(1);
    assertThat(registry().version("Gone", 1).tags()).isEmpty();
  }

  @Test
  default void descriptionsAreReplaced() {
    registry().createRegisteredModel("Described", Map.of(), "old");
    assertThat(registry().describeRegisteredModel("Described", "new").description())
        .isEqualTo("new");
    var made =
        registry()
            .createVersion(
                new NewModelVersion(
                    "Described", "s3://b/m", null, null, Map.of(), "first", "http://run"));
    assertThat(made.description()).isEqualTo("first");
    assertThat(made.runLink()).isEqualTo("http://run");
    assertThat(registry().describeVersion("Described", 1, "second").description())
        .isEqualTo("second");
    assertThat(registry().describeVersion("Described", 1, null).description()).isNull();
  }

  @Test
  default void deletedVersionTakesItsAliasesAndItsNumberAlong() {
    registry().createRegisteredModel("Shrunk", Map.of(), "");
    version("Shrunk");
    version("Shrunk");
    registry().setAlias("Shrunk", "champion", 2);
    registry().deleteVersion("Shrunk", 2);
    assertThat(registry().versionByAlias("Shrunk", "champion")).isEmpty();
    assertThat(registry().versions("Shrunk")).hasSize(1);
    assertThat(version("Shrunk").version()).isEqualTo(3);
    assertRefused(
        () -> registry().deleteVersion("Shrunk", 2),
        ErrorCode.RESOURCE_DOES_NOT_EXIST,
        "Model Version (name=Shrunk, version=2) not found");
  }

  @Test
  default void versionMovesToAStageAndArchivesTheOneBefore() {
    registry().createRegisteredModel("Staged", Map.of(), "");
    version("Staged");
    version("Staged");
    version("Staged");
    registry().transitionStage("Staged", 1, ModelStage.PRODUCTION, false);
    var moved = registry().transitionStage("Staged", 2, ModelStage.PRODUCTION, true);
    assertThat(moved.stage()).isEqualTo("Production");
    assertThat(registry().version("Staged", 1).stage()).isEqualTo("Archived");
    assertThat(registry().latestVersions("Staged", List.of()))
        .extracting(ModelVersion::version)
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(registry().latestVersions("Staged", List.of("production")))
        .extracting(ModelVersion::version)
        .containsExactly(2);
    assertThat(registry().registeredModel("Staged").orElseThrow().latestVersions()).hasSize(3);
    assertRefused(
        () -> registry().transitionStage("Staged", 2, ModelStage.NONE, true),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "cannot archive existing model versions because 'None' is not an Active stage");
  }

  @Test
  default void latestIsAnAliasOfTheNewestVersion() {
    registry().createRegisteredModel("Latest", Map.of(), "");
    assertThat(registry().versionByAlias("Latest", "latest")).isEmpty();
    version("Latest");
    version("Latest");
    registry().transitionStage("Latest", 1, ModelStage.STAGING, false);
    assertThat(registry().versionByAlias("Latest", "Latest").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  default void promptsAreNotListedAmongModels() {
    registry().createRegisteredModel("Greeting", Map.of(Prompts.TAG, "true"), "");
    var tags = Map.of(Prompts.TAG, "true", Prompts.TEXT_TAG, "Hello {{name}}");
    registry().createVersion("Greeting", "dummy-source", null, null, tags);
    assertThat(registry().registeredModels())
        .extracting(RegisteredModel::name)
        .doesNotContain("Greeting");
    assertThat(registry().versions("Greeting")).hasSize(1);
    assertRefused(
        () -> registry().createRegisteredModel("Greeting", Map.of(), ""),
        ErrorCode.RESOURCE_ALREADY_EXISTS,
        "the name is already taken by a prompt");
  }

  @Test
  default void registeredModelsAreSearchedPageByPage() {
    for (var name : List.of("S-c", "S-a", "S-b", "other")) {
      registry().createRegisteredModel(name, Map.of("kind", name.substring(0, 1)), "");
    }
    var query = new SearchQuery("tags.kind = 'S'", List.of("name DESC"), 2, "");
    var first = registry().searchRegisteredModels(query);
    assertThat(first.items()).extracting(RegisteredModel::name).containsExactly("S-c", "S-b");
    var second = registry().searchRegisteredModels(query.after(first.nextPageToken()));
    assertThat(second.items()).extracting(RegisteredModel::name).containsExactly("S-a");
    assertThat(second.nextPageToken()).isEmpty();
    assertThat(modelsWith("name LIKE 'S%' AND tags.kind != 'x'")).hasSize(3);
    assertThat(modelsWith("name ILIKE 's-A'")).containsExactly("S-a");
    assertThat(modelsWith("name IN ('S-a', 'other')")).containsExactly("S-a", "other");
    assertThat(modelsWith("name = 'S-a' OR name = 'S-b'")).containsExactly("S-a", "S-b");
    assertRefused(
        () -> modelsWith("colour = 'red'"),
        ErrorCode.INVALID_PARAMETER_VALUE,
        "Invalid attribute key 'colour' specified");
  }

  private List<String> modelsWith(String filter) {
    return registry().searchRegisteredModels(SearchQuery.first(filter, 100)).items().stream()
        .map(RegisteredModel::name)
        .toList();
  }

  @Test
  default void versionsAreSearchedPageByPage() {
    registry().createRegisteredModel("Found", Map.of(), "");
    for (var i = 1; i <= 5; i++) {
      version("Found");
    }
    registry().setVersionTag("Found", 2, "approved", "yes");
    registry().deleteVersion("Found", 4);
    var query = new SearchQuery("name = 'Found'", List.of("version_number"), 3, "");
    var first = registry().searchVersions(query);
    assertThat(first.items()).extracting(ModelVersion::version).containsExactly(1, 2, 3);
    assertThat(first.items().get(1).tags()).containsEntry("approved", "yes");
    var second = registry().searchVersions(query.after(first.nextPageToken()));
    assertThat(second.items()).extracting(ModelVersion::version).containsExactly(5);
    assertThat(versionsWith("name = 'Found' AND version_number > 2")).containsExactly(5, 3);
    assertThat(versionsWith("tags.approved = 'yes'")).containsExactly(2);
    assertThat(versionsWith("source_path LIKE 's3://%' AND name = 'Found'")).hasSize(4);
    assertThat(versionsWith("run_id = 'nobody'")).isEmpty();
  }

  private List<Integer> versionsWith(String filter) {
    var query = new SearchQuery(filter, List.of("version_number DESC"), 100, "");
    return registry().searchVersions(query).items().stream().map(ModelVersion::version).toList();
  }

  @Test
  default void promptsAreFoundWhenTheFilterAsksForThem() {
    registry().createRegisteredModel("Prompt", Map.of(Prompts.TAG, "true"), "");
    registry().createRegisteredModel("Model", Map.of(), "");
    var tag = "tags.`" + Prompts.TAG + "`";
    assertThat(modelsWith("")).containsExactly("Model");
    assertThat(modelsWith(tag + " != 'true'")).containsExactly("Model");
    assertThat(modelsWith(tag + " = 'false'")).containsExactly("Model");
    assertThat(modelsWith(tag + " = 'true'")).containsExactly("Prompt");
    assertThat(modelsWith("name LIKE 'P%' AND " + tag + " = 'true'")).containsExactly("Prompt");
    assertThat(modelsWith("name = 'Prompt'")).isEmpty();
  }

  @Test
  default void creatorsAtOnceGetNumbersOfTheirOwn() throws Exception {
    registry().createRegisteredModel("Crowded", Map.of(), "");
    var numbers = new ArrayList<Future<Integer>>();
    try (var creators = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 20; i++) {
        numbers.add(creators.submit(() -> version("Crowded").version()));
      }
    }
    var made = new TreeSet<Integer>();
    for (var number : numbers) {
      made.add(number.get());
    }
    assertThat(made).containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
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
    assertThat(version.modelId()).contains(model.modelId());
    assertThat(store().loggedModel(model.modelId()).tags())
        .containsEntry("mlflow.modelVersions", "[{\"name\": \"Logged\", \"version\": 1}]");
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
    var again = new Registration(registry()).register("Auto", origin(first), "champion");
    assertThat(again.isNew()).isFalse();
    assertThat(again.version().version()).isEqualTo(1);
    new Registration(registry()).register("Auto", origin(second), "champion");
    assertThat(registry().versionByAlias("Auto", "champion").orElseThrow().version()).isEqualTo(1);
  }

  private ModelVersion register(String experiment) {
    var run = store().createRun(new NewRun(experiment, "r", "ada", 1, Map.of())).info();
    var model =
        store()
            .createLoggedModel(
                new NewLoggedModel(experiment, "m", null, run.runId(), Map.of(), Map.of()));
    store().finishLoggedModel(model.modelId(), LoggedModel.Status.READY);
    var origin = ModelOrigin.find(store(), run.runId());
    assertThat(origin).isEqualTo(ModelOrigin.of(run.runId(), model.modelId()));
    return new Registration(registry()).register("Auto", origin, "champion").version();
  }

  private static ModelOrigin origin(ModelVersion version) {
    return ModelOrigin.of(version.run().orElseThrow(), version.modelId().orElseThrow());
  }

  private ModelVersion version(String name) {
    return registry().createVersion(name, "s3://bucket/models/m", null, null, Map.of());
  }
}
