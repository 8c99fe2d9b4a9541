package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.git.Git;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a commit uses is not known where its definitions are too large to be read.
final class LargeDefinitionTest {
  private static final String OBJECT = ".dvc/cache/files/md5/ab/cdef00000000000000000000000001";

  @TempDir private Path root;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void aCommitAndAnObject() throws IOException {
    var git = new Git(root);
    git.run("init", "-q");
    Repository.init(root);
    Files.createDirectories(root.resolve(OBJECT).getParent());
    Files.writeString(root.resolve(OBJECT), "perhaps used");
  }

  private void commit(String name) throws IOException {
    var git = new Git(root);
    try (var file = new RandomAccessFile(root.resolve(name).toFile(), "rw")) {
      file.setLength((64 << 20) + 1);
    }
    git.run("add", name);
    git.run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", name);
    Files.delete(root.resolve(name));
  }

  private void collect(boolean skipFailed) throws IOException {
    var options =
        new GarbageCollection.Options(
            CommitSelection.heads(false, false, true),
            List.of(),
            false,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            Duration.ZERO,
            skipFailed,
            false);
    new GarbageCollection(Pipeline.open(root), options, Clock.systemUTC(), warnings::add).run();
  }

  @Test
  void nothingIsRemovedUnlessItIsLeftOut() throws IOException {
    commit("dvc.lock");
    assertThatThrownBy(() -> collect(false))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("'dvc.lock' has 67108865 bytes")
        .hasMessageContaining("nothing was removed");
    assertThat(root.resolve(OBJECT)).exists();
    collect(true);
    assertThat(root.resolve(OBJECT)).doesNotExist();
    assertThat(warnings).singleElement().asString().contains("skipping: 'dvc.lock' has");
  }

  @Test
  void whatOnlyTemplatesReadIsLeftOut() throws IOException {
    commit("measured.json");
    collect(false);
    assertThat(root.resolve(OBJECT)).doesNotExist();
    assertThat(warnings).isEmpty();
  }
}
