package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Checkout;
import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports whose data was left for later are fetched and checked out, and record nothing.
final class PartialImportTest {
  @TempDir private Path folder;
  private Path source;
  private Path here;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void repositories() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    here = Files.createDirectories(folder.resolve("here"));
    Repository.init(here);
    Files.writeString(source.resolve("plain"), "plain");
    Files.createDirectories(source.resolve("folder/sub"));
    Files.writeString(source.resolve("folder/sub/x"), "x");
  }

  private void imported(String name) throws IOException {
    new UrlImport(Pipeline.open(here), 1, new Progress())
        .add(source.resolve(name).toString(), Map.of(), "out", Extent.NO_DOWNLOAD, false);
  }

  private Result fetch() throws IOException {
    return new DataExchange(
            Pipeline.open(here), Optional.empty(), OptionalInt.of(1), new Progress(), warnings::add)
        .fetch(Selection.of(List.of("out.dvc")), false);
  }

  private List<Checkout.Action> checkout() throws IOException {
    return new DataStore(Pipeline.open(here))
        .checkout(List.of(), false).stream().map(Checkout.Entry::action).toList();
  }

  @Test
  void aFetchGetsItAndACheckoutPlacesIt() throws IOException {
    imported("plain");
    var text = Files.readString(here.resolve("out.dvc"));
    assertThat(checkout()).containsExactly(Checkout.Action.MISSING);
    assertThat(fetch().moved()).isEqualTo(1);
    assertThat(fetch().moved()).isZero();
    assertThat(checkout()).containsExactly(Checkout.Action.ADDED);
    assertThat(here.resolve("out")).hasContent("plain");
    assertThat(checkout()).isEmpty();
    assertThat(here.resolve("out.dvc")).hasContent(text);
  }

  @Test
  void aFolderComesWhole() throws IOException {
    imported("folder");
    assertThat(fetch().moved()).isEqualTo(1);
    assertThat(checkout()).containsExactly(Checkout.Action.ADDED);
    assertThat(here.resolve("out/sub/x")).hasContent("x");
  }

  @Test
  void whatIsInTheWorkspaceIsNotLost() throws IOException {
    imported("plain");
    Files.writeString(here.resolve("out"), "mine");
    fetch();
    assertThatThrownBy(this::checkout).isInstanceOf(PipelineException.class);
    assertThat(here.resolve("out")).hasContent("mine");
  }

  @Test
  void whatChangedAtTheSourceIsNotFetched() throws IOException {
    imported("plain");
    Files.writeString(source.resolve("plain"), "other");
    assertThat(fetch()).isEqualTo(Result.NOTHING);
    Files.delete(source.resolve("plain"));
    assertThat(fetch()).isEqualTo(Result.NOTHING);
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("not what it was"));
    assertThat(checkout()).containsExactly(Checkout.Action.MISSING);
  }

  @Test
  void whatWasFetchedIsInUse() throws IOException {
    imported("plain");
    fetch();
    var options =
        new GarbageCollection.Options(
            CommitSelection.NONE,
            List.of(),
            false,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            Duration.ZERO,
            false,
            false);
    new GarbageCollection(Pipeline.open(here), options, Clock.systemUTC(), warnings::add).run();
    assertThat(checkout()).containsExactly(Checkout.Action.ADDED);
  }

  @Test
  void aRepositoryIsAskedForWhatItHadAtItsCommit() throws IOException {
    var git = new Git(source);
    git.run("init", "-q");
    git.run("add", "-A");
    git.run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "one");
    var imports =
        new RepositoryImport(
            Pipeline.open(here), OptionalInt.empty(), new Progress(), (_, _, _) -> {});
    imports.add(
        new SourceRepository.Address(source.toString(), Optional.empty(), SourceSettings.NONE),
        "plain",
        "out",
        Extent.NO_DOWNLOAD,
        false);
    Files.writeString(source.resolve("plain"), "newer");
    git.run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-a", "-m", "two");
    assertThat(fetch().moved()).isEqualTo(1);
    assertThat(checkout()).containsExactly(Checkout.Action.ADDED);
    assertThat(here.resolve("out")).hasContent("plain");
  }
}
