package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.StageState.Change.OutputChanged;
import io.mlopscore.pipeline.StageState.Change.What;
import io.mlopscore.pipeline.Trees;
import io.mlopscore.pipeline.config.ConfigFile;
import io.mlopscore.pipeline.config.ConfigSection;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.remote.ImportFile.FromRepository;
import io.mlopscore.pipeline.remote.SourceRepository.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data of another repository is imported, followed and fetched again.
final class RepositoryImportTest {
  private static final Address SOURCE =
      new Address("../source", Optional.empty(), SourceSettings.NONE);

  @TempDir private Path folder;
  private Path source;
  private Path here;

  @BeforeEach
  void repositories() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    here = Files.createDirectories(folder.resolve("here"));
    var git = new Git(source);
    git.run("init", "-q", "-b", "main");
    git.run("config", "user.name", "someone");
    git.run("config", "user.email", "someone@localhost");
    Repository.init(source);
    Repository.init(here);
    commit("one");
  }

  private void commit(String content) throws IOException {
    Files.createDirectories(source.resolve("data"));
    Files.writeString(source.resolve("data/a"), content);
    new DataStore(Pipeline.open(source)).add(List.of(source.resolve("data")));
    new Git(source).run("add", "-A");
    new Git(source).run("commit", "-q", "-m", content);
  }

  private RepositoryImport imports() throws IOException {
    return new RepositoryImport(
        Pipeline.open(here), OptionalInt.empty(), new Progress(), (_, _, _) -> {});
  }

  private Imports known() throws IOException {
    return new Imports(Pipeline.open(here), OptionalInt.empty(), new Progress());
  }

  private Optional<String> outdated() throws IOException {
    return known().outdated(node());
  }

  private Node node() throws IOException {
    return Pipeline.open(here).nodes().getFirst();
  }

  private void update(Optional<String> revision) throws IOException {
    var file = ImportFile.read(Pipeline.open(here), here.resolve("data.dvc"));
    imports().update((FromRepository) file, revision, Extent.ALL);
  }

  @Test
  void anImportKnowsWhereItCameFromAndFollowsIt() throws IOException {
    var definition = here.resolve("data.dvc");
    imports().add(SOURCE, "data", "", Extent.ALL, false);
    assertThat(here.resolve("data/a")).hasContent("one");
    assertThat(Files.readString(definition))
        .contains("    url: ../source\n    rev_lock: " + new Git(source).commit("HEAD"))
        .startsWith("md5: ");
    assertThat(outdated()).isEmpty();
    commit("two");
    assertThat(outdated()).contains("data (../source)");
    update(Optional.empty());
    assertThat(here.resolve("data/a")).hasContent("two");
    update(Optional.of("HEAD~1"));
    assertThat(here.resolve("data/a")).hasContent("one");
  }

  @Test
  void lostDataComesFromTheCommitThatWasImported() throws IOException {
    imports().add(SOURCE, "data", "mine", Extent.ALL, false);
    commit("two");
    Trees.remove(here.resolve(".dvc/cache"));
    var result =
        new DataExchange(
                Pipeline.open(here), Optional.empty(), OptionalInt.empty(), new Progress(), _ -> {})
            .fetch(Selection.WORKSPACE, false);
    assertThat(result.failures()).isZero();
    Trees.remove(here.resolve("mine"));
    new DataStore(Pipeline.open(here)).checkout(List.of(), false);
    assertThat(here.resolve("mine/a")).hasContent("one");
  }

  @Test
  void dataThatWasLeftForLaterIsMissingUntilItComesFromTheRecordedCommit() throws IOException {
    imports().add(SOURCE, "data", "", Extent.NO_DOWNLOAD, false);
    var file = here.resolve("data");
    var nodes = Pipeline.open(here).nodes();
    assertThat(nodes).singleElement().isInstanceOf(PartialImport.class);
    assertThat(Pipeline.open(here).status(List.of()))
        .isEqualTo(Map.of(nodes.getFirst(), List.of(new OutputChanged(file, What.DELETED))));
    commit("two");
    known().complete((PartialImport) node());
    assertThat(file.resolve("a")).hasContent("one");
    assertThat(Pipeline.open(here).status(List.of())).isEmpty();
  }

  @Test
  void settingsOfACommandGoOverThoseOfTheRepository() throws IOException {
    var options = Map.of("url", "/other");
    var own = ConfigFile.parse("[core]\nremote = r\n['remote \"r\"']\nurl = /own\n", "").settings();
    var named = SourceSettings.of(Optional.empty(), Optional.empty(), options).over(own, here);
    assertThat(named.options(ConfigSection.remote("r"))).isEqualTo(options);
    var added = SourceSettings.of(Optional.empty(), Optional.of("new"), options).over(own, here);
    assertThat(added.find(ConfigSection.of("core"), "remote")).contains("new");
    assertThat(added.options(ConfigSection.remote("new"))).isEqualTo(options);
  }

  @Test
  void whatIsThereIsNotReplacedAndWhatIsNotThereIsTold() throws IOException {
    Files.writeString(here.resolve("data"), "mine");
    assertThatThrownBy(() -> imports().add(SOURCE, "data", "", Extent.ALL, false))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("already exists locally");
    assertThatThrownBy(() -> imports().add(SOURCE, "nope", "", Extent.ALL, false))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(here.resolve("data")).hasContent("mine");
  }

  @Test
  void theNewestVersionOfAnArtifactIsFoundByItsTags() throws IOException {
    var git = new Git(source);
    for (var tag : List.of("m@v1.2.0", "m@v1.10.0-rc1", "m#prod#1", "m#prod!#2", "m#dev#1")) {
      commit(tag);
      git.run("tag", tag);
    }
    var versions = new ArtifactVersions(git);
    assertThat(versions.find("m", Optional.empty(), Optional.empty()))
        .isEqualTo(git.commit("m@v1.10.0-rc1"));
    assertThat(versions.find("dvc.yaml:m", Optional.of("v1.2.0"), Optional.empty()))
        .isEqualTo(git.commit("m@v1.2.0"));
    assertThat(versions.find("m", Optional.empty(), Optional.of("dev")))
        .isEqualTo(git.commit("m#dev#1"));
    assertThatThrownBy(() -> versions.find("m", Optional.empty(), Optional.of("prod")))
        .hasMessage("Unable to find artifact 'm @ prod'");
  }
}
