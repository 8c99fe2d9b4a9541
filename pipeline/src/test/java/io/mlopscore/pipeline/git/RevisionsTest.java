package io.mlopscore.pipeline.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlopscore.pipeline.Node;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.files.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline can be read as it was at a revision.
final class RevisionsTest {
  @TempDir private Path folder;
  private Path root;
  private Git git;

  @BeforeEach
  void committed() throws IOException {
    assumeTrue(isInstalled(), "git is not installed");
    root = Files.createDirectories(folder.resolve("work tree").resolve("sub"));
    git = new Git(root);
    git.run("init", "-q", "-b", "main", "..");
    git.run("config", "user.name", "someone");
    git.run("config", "user.email", "someone@localhost");
    Repository.init(root);
    commit("first", "stages: {ä: {cmd: echo 1}}\n");
    git.run("tag", "v1");
    commit("second", "stages: {a: {cmd: echo 2}, b: {cmd: echo b}}\n");
    git.run("branch", "other");
  }

  private static boolean isInstalled() {
    try {
      new Git(Path.of(".")).ask("--version");
      return true;
    } catch (IOException | PipelineException _) {
      return false;
    }
  }

  private void commit(String message, String stages) throws IOException {
    Files.writeString(root.resolve("dvc.yaml"), stages);
    git.run("add", "-A", ".");
    git.run("commit", "-q", "-m", message);
  }

  private Revisions revisions() throws IOException {
    return new Revisions(Pipeline.open(root));
  }

  @Test
  void aRevisionHasTheStagesItHadThen() throws IOException {
    var revisions = revisions();
    assertThat(revisions.at("v1").graph().nodes()).extracting(Node::address).containsExactly("ä");
    assertThat(revisions.at("HEAD").graph().nodes())
        .extracting(Node::address)
        .containsExactly("a", "b");
    assertThat(revisions.at("HEAD~1").graph().nodes()).hasSize(1);
  }

  @Test
  void theWorkspaceMayDifferFromHead() throws IOException {
    Files.delete(root.resolve("dvc.yaml"));
    assertThat(revisions().at("HEAD").graph().nodes()).hasSize(2);
    assertThat(Pipeline.open(root).graph().nodes()).isEmpty();
  }

  @Test
  void namesThatGitDoesNotKnowAreRefused() throws IOException {
    var revisions = revisions();
    for (var name : new String[] {"nothing", "--output=x", "", "HEAD:dvc.yaml"}) {
      assertThatThrownBy(() -> revisions.at(name))
          .isInstanceOf(PipelineException.class)
          .hasMessage("unknown Git revision '" + name + "'");
    }
  }

  @Test
  void branchesTagsAndCommitsStandForTheirCommits() throws IOException {
    var revisions = revisions();
    var head = git.commit("HEAD");
    assertThat(revisions.commits(true, false, false)).containsExactly(head);
    assertThat(revisions.commits(false, true, false)).containsExactly(git.commit("v1"));
    assertThat(revisions.commits(false, false, true)).containsExactly(head, git.commit("v1"));
  }

  @Test
  void filesOfARevisionAreTakenAsTheyAre() throws IOException {
    assertThat(git.file("v1", "sub/dvc.yaml").map(bytes -> new String(bytes, UTF_8)))
        .hasValue("stages: {ä: {cmd: echo 1}}\n");
    assertThat(git.file("v1", "sub/none")).isEmpty();
    assertThat(git.tracks(root.resolve("dvc.yaml"))).isTrue();
    assertThat(git.tracks(root.resolve("none"))).isFalse();
  }

  @Test
  void aRevisionThatGitCannotReadIsNotAnEmptyOne() throws IOException {
    for (var lost : List.of("HEAD:sub", "HEAD:sub/.dvc", "HEAD:sub/dvc.yaml")) {
      var id = git.run("rev-parse", lost).strip();
      var object =
          root.resolve("../.git/objects").resolve(id.substring(0, 2) + "/" + id.substring(2));
      var content = Files.readAllBytes(object);
      Files.delete(object);
      var revisions = revisions();
      assertThatThrownBy(() -> revisions.at("HEAD"))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining("git");
      assertThatThrownBy(() -> RepositoryFiles.at(revisions, "HEAD"))
          .isInstanceOf(PipelineException.class);
      Files.write(object, content);
    }
    assertThat(root.resolve(".dvc/tmp/mlops/revisions")).isEmptyDirectory();
    assertThat(revisions().at("HEAD").graph().nodes()).hasSize(2);
    assertThat(RepositoryFiles.at(revisions(), "HEAD").find("dvc.yaml")).isPresent();
  }

  @Test
  void aRevisionWithoutTheFolderIsEmpty() throws IOException {
    git.run("rm", "-r", "-q", "--cached", ".");
    git.run("commit", "-q", "-m", "gone");
    assertThat(revisions().at("HEAD").graph().nodes()).isEmpty();
    assertThat(RepositoryFiles.at(revisions(), "HEAD").children("")).isEmpty();
  }

  @Test
  void aFolderOutsideOfGitHasNoRevisions() throws IOException {
    var plain = Files.createDirectories(folder.resolve("plain"));
    Repository.init(plain);
    assertThatThrownBy(() -> new Revisions(Pipeline.open(plain)))
        .hasMessageContaining("is not under git");
  }
}
