package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.LifecycleStage;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.NewLoggedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What forms change, and from where they must come.
final class ChangesTest {
  @TempDir private Path directory;
  private ServedConsole console;
  private String run;

  @BeforeEach
  void serve() {
    console = new ServedConsole(directory);
    run = console.run("0", "one", Map.of(), Map.of());
  }

  @AfterEach
  void stop() {
    console.close();
  }

  private void send(String path, String form) throws Exception {
    assertThat(console.post(path, form).statusCode()).as(path).isEqualTo(303);
  }

  @Test
  void formsOfOtherPlacesChangeNothing() throws Exception {
    var path = "/runs/" + run + "/name";
    for (var origin : List.of("http://evil.example", "http://localhost:3000", "null", "")) {
      assertThat(console.post(path, "name=two", origin).statusCode()).isEqualTo(403);
    }
    assertThat(console.tracking().store().run(run).info().runName()).isEqualTo("one");
  }

  @Test
  void runsAreNamedDescribedTaggedDeletedAndRestored() throws Exception {
    var store = console.tracking().store();
    send("/runs/" + run + "/name", "name=two+%C3%BC");
    send("/runs/" + run + "/note", "note=first%0D%0Asecond");
    send("/runs/" + run + "/tags", "key=team&value=blue");
    send("/runs/" + run + "/tags", "key=old&value=x");
    send("/runs/" + run + "/tags/delete", "key=old");
    assertThat(store.run(run).info().runName()).isEqualTo("two ü");
    assertThat(store.run(run).tags())
        .containsEntry("mlflow.note.content", "first\nsecond")
        .containsEntry("team", "blue")
        .doesNotContainKey("old");

    assertThat(console.get("/runs/delete?run=" + run).body()).contains("Delete the run two ü?");
    send("/runs/delete", "run=" + run);
    assertThat(store.run(run).info().lifecycleStage()).isEqualTo(LifecycleStage.DELETED);
    send("/runs/" + run + "/restore", "");
    assertThat(store.run(run).info().lifecycleStage()).isEqualTo(LifecycleStage.ACTIVE);
  }

  @Test
  void experimentsAreMadeRenamedDeletedAndRestored() throws Exception {
    var made = console.post("/experiments", "name=flowers").headers().firstValue("Location");
    var path = made.orElseThrow();
    send(path + "/name", "name=trees");
    send(path + "/note", "note=of+the+wood");
    assertThat(console.get(path).body()).contains(">trees ", "of the wood");
    assertThat(console.get(path + "/delete").body()).contains("With it go 0 runs.");
    send(path + "/delete", "");
    assertThat(console.get("/").body()).doesNotContain(">trees<");
    assertThat(console.get("/?view=deleted").body()).contains(">trees<");
    send(path + "/restore", "");
    assertThat(console.get("/?q=ree").body()).contains(">trees<");
  }

  @Test
  void aModelOfARunIsRegisteredAndAnAliasSaysWhatItReplaces() throws Exception {
    var store = console.tracking().store();
    var model =
        store.createLoggedModel(new NewLoggedModel("0", "model", null, run, Map.of(), Map.of()));
    store.finishLoggedModel(model.modelId(), LoggedModel.Status.READY);
    for (var i = 0; i < 2; i++) {
      send("/runs/" + run + "/register", "name=Iris&source=" + model.modelId());
    }
    assertThat(console.get("/models/Iris/promote?alias=champion&version=1").body())
        .contains("The alias is new.");
    send("/models/Iris/aliases", "alias=champion&version=1");
    assertThat(console.get("/models/Iris/promote?alias=champion&version=2").body())
        .contains("It replaces version 1", "mlops models promote Iris previous --to champion");
    send("/models/Iris/aliases", "alias=champion&version=2");

    var registry = console.tracking().registry();
    var iris = registry.registeredModel("Iris").orElseThrow();
    assertThat(iris.aliases()).containsEntry("champion", 2);
    assertThat(iris.tags()).containsEntry("mlops.previous.champion", "1");
    send("/models/Iris/note", "note=of+flowers");
    send("/models/Iris/versions/1/note", "note=the+first");
    send("/models/Iris/versions/1/tags", "key=ok&value=yes");
    assertThat(registry.version("Iris", 1).description()).isEqualTo("the first");
    send("/models/Iris/aliases/delete", "alias=champion");
    aStageSaysWhoIsThereAndWhoLoadsIt();
    assertThat(console.get("/models/Iris/versions/1/delete").body()).contains("cannot be undone");
    send("/models/Iris/versions/1/delete", "");
    assertThat(registry.versions("Iris")).hasSize(1);
    send("/models/Iris/delete", "");
    assertThat(registry.registeredModel("Iris")).isEmpty();
  }

  private void aStageSaysWhoIsThereAndWhoLoadsIt() throws Exception {
    var registry = console.tracking().registry();
    send("/models/Iris/versions/1/stage", "stage=Production");
    var asked = "/models/Iris/versions/2/stage?stage=Production";
    assertThat(console.get(asked).body())
        .contains("There too: version 1.", "models:/Iris/Production gets version 2.");
    assertThat(console.get(asked + "&archive=yes").body()).contains("It archives version 1.");
    send("/models/Iris/versions/2/stage", "stage=Production&archive=yes");
    assertThat(registry.version("Iris", 1).stage()).isEqualTo("Archived");
    assertThat(registry.version("Iris", 2).stage()).isEqualTo("Production");
    assertThat(console.get("/models/Iris/versions/2/stage?stage=None").body())
        .contains("It leaves Production.", "models:/Iris/Production will fail.");
    assertThat(console.get("/models/Iris/versions/2/stage?stage=x").statusCode()).isEqualTo(400);
  }

  @Test
  void whatCannotBeDoneIsSaid() throws Exception {
    var empty = console.post("/runs/" + run + "/name", "name=+");
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(empty.body()).contains("The name is empty", "Go back");
    assertThat(console.post("/experiments", "name=Default").statusCode()).isEqualTo(400);
    assertThat(console.post("/runs/none/name", "name=x").statusCode()).isEqualTo(404);
  }
}
