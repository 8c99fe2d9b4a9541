package io.mlopscore.pipeline.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mlopscore.pipeline.DataStore;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Repository;
import io.mlopscore.pipeline.remote.IntegrityCheck.Finding;
import io.mlopscore.pipeline.remote.IntegrityCheck.Report;
import io.mlopscore.storage.LocalObjectStore;
import io.mlopscore.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong is found and put right, and nothing that may be right is lost on the way.
final class IntegrityCheckTest {
  private static final String A = "files/md5/60/b725f10c9c85c70d97880dfe8191b3";
  private static final String B = "files/md5/3b/5d5c3712955042212316173ccf37be";
  private static final String RAW = "files/md5/8b/3662b0d460701f7734cdf533c5aa85.dir";

  @TempDir private Path folder;
  private Path root;
  private Path store;
  private Path cache;

  @BeforeEach
  void aDirectoryIsTrackedAndPushed() throws IOException {
    root = Files.createDirectory(folder.resolve("repo"));
    store = folder.resolve("store");
    cache = root.resolve(".dvc/cache");
    Files.createDirectories(root.resolve("raw/sub"));
    Repository.init(root);
    Files.writeString(
        root.resolve(".dvc/config"),
        "[core]\n    remote = store\n['remote \"store\"']\n    url = ../../store\n");
    Files.writeString(root.resolve("raw/a"), "a\n");
    Files.writeString(root.resolve("raw/sub/b"), "b\n");
    new DataStore(Pipeline.open(root)).add(List.of(root.resolve("raw")));
    new DataExchange(
            Pipeline.open(root), Optional.empty(), OptionalInt.of(2), new Progress(), _ -> {})
        .push(Selection.WORKSPACE, false);
  }

  private IntegrityCheck check(boolean repair) throws IOException {
    return new IntegrityCheck(
        Pipeline.open(root), Optional.empty(), OptionalInt.of(2), repair, new Progress());
  }

  private static void damage(Path object) throws IOException {
    Files.delete(object);
    Files.writeString(object, "damaged");
  }

  private static void assertFound(Report report, IntegrityFault fault, RepairOutcome outcome) {
    assertThat(report.findings())
        .extracting(Finding::fault, Finding::outcome)
        .containsExactly(tuple(fault, outcome));
  }

  /// A store as a network shows it: so many requests to read fail.
  private static final class Flaky implements ObjectStore {
    private final ObjectStore store;
    private int failures;

    Flaky(Path root, int failures) {
      this.store = new LocalObjectStore(root);
      this.failures = failures;
    }

    @Override
    public synchronized java.io.InputStream open(String key, long from, long length)
        throws IOException {
      if (failures-- > 0) {
        throw new IOException("the connection was reset");
      }
      return store.open(key, from, length);
    }

    @Override
    public java.util.OptionalLong size(String key) throws IOException {
      return store.size(key);
    }

    @Override
    public void put(String key, java.io.InputStream content, long size) throws IOException {
      store.put(key, content, size);
    }

    @Override
    public List<io.mlopscore.storage.ObjectSummary> summaries(String prefix) throws IOException {
      return store.summaries(prefix);
    }

    @Override
    public List<io.mlopscore.storage.StoredEntry> children(String name) throws IOException {
      return store.children(name);
    }

    @Override
    public void delete(String key) throws IOException {
      store.delete(key);
    }
  }

  private Remote flaky(int failures) {
    var flaky = new Flaky(store, failures);
    return new Remote("r", "fake://r", flaky, "", Optional.empty(), true, 1, true, false);
  }

  @Test
  void aConnectionThatBreaksIsNoFault() throws IOException {
    assertThat(check(true).check(flaky(2)).findings()).isEmpty();
  }

  @Test
  void whatCannotBeReadAtTheRemoteStaysThere() throws IOException {
    Files.setPosixFilePermissions(store.resolve(B), java.util.Set.of());
    org.junit.jupiter.api.Assumptions.assumeFalse(
        Files.isReadable(store.resolve(B)), "this user reads everything");
    Files.delete(cache.resolve(B));
    assertFound(check(true).remote(), IntegrityFault.UNREADABLE, RepairOutcome.LEFT);
    assertThat(store.resolve(B)).exists();
    assertThat(store.resolve(RAW)).exists();
  }

  /// A folder in an object's place cannot be read by anyone.
  @Test
  void whatCannotBeReadInTheCacheIsReplacedOnlyByWhatTheRemoteHas() throws IOException {
    var key = "files/md5/ab/cdef00000000000000000000000000";
    Files.createDirectories(cache.resolve("files/md5/ab"));
    Files.createSymbolicLink(cache.resolve(key), folder);
    var report = check(true).cache();
    assertFound(report, IntegrityFault.UNREADABLE, RepairOutcome.LEFT);
    assertThat(report.findings().getFirst().detail()).isNotEmpty();
    assertThat(Files.isSymbolicLink(cache.resolve(key))).isTrue();
  }

  @Test
  void damageInTheCacheIsPutRightFromTheRemote() throws IOException {
    damage(cache.resolve(A));
    assertFound(check(false).cache(), IntegrityFault.DAMAGED, RepairOutcome.LEFT);
    assertThat(cache.resolve(A)).exists();
    assertFound(check(true).cache(), IntegrityFault.DAMAGED, RepairOutcome.REPAIRED);
    assertThat(cache.resolve(A)).hasContent("a\n");
  }

  @Test
  void damagedBytesStayWhereTheRemoteCannotBeAsked() throws IOException {
    damage(cache.resolve(A));
    damage(store.resolve(A));
    assertFound(check(true).cache(), IntegrityFault.DAMAGED, RepairOutcome.LEFT);
    assertThat(cache.resolve(A)).exists();
  }

  @Test
  void damagedBytesThatNobodyHasRightAreDropped() throws IOException {
    damage(cache.resolve(A));
    Files.delete(store.resolve(A));
    assertFound(check(true).cache(), IntegrityFault.DAMAGED, RepairOutcome.DROPPED);
    assertThat(cache.resolve(A)).doesNotExist();
  }

  @Test
  void whatIsMissingIsFetched() throws IOException {
    Files.delete(cache.resolve(A));
    assertFound(check(true).cache(), IntegrityFault.MISSING, RepairOutcome.REPAIRED);
    assertThat(cache.resolve(A)).exists();
  }

  @Test
  void damageAtTheRemoteIsPutRightFromTheCache() throws IOException {
    damage(store.resolve(A));
    assertFound(check(true).remote(), IntegrityFault.DAMAGED, RepairOutcome.REPAIRED);
    assertThat(store.resolve(A)).hasContent("a\n");
  }

  @Test
  void aListingThatNamesWhatIsDroppedGoesFirstAndIsKeptHere() throws IOException {
    damage(store.resolve(A));
    Files.delete(cache.resolve(A));
    Files.delete(cache.resolve(RAW));
    assertFound(check(true).remote(), IntegrityFault.DAMAGED, RepairOutcome.DROPPED);
    assertThat(store.resolve(A)).doesNotExist();
    assertThat(store.resolve(RAW)).doesNotExist();
    assertThat(store.resolve(B)).exists();
    assertThat(cache.resolve(RAW)).exists();
  }
}
