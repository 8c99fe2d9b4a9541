package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Parallel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads all objects of a place and tells which are not what their names say.
///
/// @param atOnce how many objects are read at a time
record Inspection(Holding holding, int atOnce, Progress progress) {
  private static final int BUFFER = 1 << 17;

  /// @param detail why it cannot be read; else empty
  record Wrong(StoredObject object, IntegrityFault fault, String detail) {}

  /// @param keys of all objects that are there
  /// @param bytes that were read
  /// @param wrong by key
  record Inspected(Set<String> keys, long bytes, SortedMap<String, Wrong> wrong) {}

  Inspected run() throws IOException {
    var objects = holding.objects();
    SortedMap<String, Wrong> wrong = Collections.synchronizedSortedMap(new TreeMap<>());
    progress.begin("Checking", objects.size());
    new Parallel(atOnce).forEach(objects, object -> check(object.object(), wrong));
    var keys = objects.stream().map(KeptObject::key).collect(Collectors.toSet());
    return new Inspected(keys, progress.bytes(), wrong);
  }

  private void check(StoredObject object, Map<String, Wrong> wrong) {
    try {
      holding
          .attempts()
          .run(
              () -> {
                if (!isRight(object)) {
                  wrong.put(object.key(), new Wrong(object, IntegrityFault.DAMAGED, ""));
                }
              });
    } catch (NoSuchFileException _) {
      // Another process removed it since it was listed.
    } catch (IOException e) {
      wrong.put(
          object.key(),
          new Wrong(object, IntegrityFault.UNREADABLE, String.valueOf(e.getMessage())));
    }
    progress.done();
  }

  private boolean isRight(StoredObject object) throws IOException {
    var digest = object.content().digest();
    var buffer = new byte[BUFFER];
    long moved = 0;
    try (var in = holding.open(object.key())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        moved += read;
        progress.moved(read);
      }
    } catch (IOException e) {
      progress.moved(-moved); // they will come again, or do not count
      throw e;
    }
    return object.isOf(digest);
  }
}
