package io.mlopscore.storage;

import io.mlopscore.storage.SftpSession.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Lists folders on another machine, without the files that are still arriving.
///
/// @param root a path without a slash at its end
record SftpFolders(SftpSessions sessions, String root) {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  /// @param key relative to the root
  record Found(String key, Entry entry) {}

  /// What lies directly in a folder; nothing if it is not there.
  ///
  /// @param folder a key, or empty for the root
  List<Entry> entries(String folder) throws IOException {
    var path = root + "/" + folder;
    var found = new ArrayList<>(sessions.ask(path, session -> session.list(path)));
    found.removeIf(entry -> UNFINISHED.matcher(entry.name()).matches());
    return found;
  }

  /// The files below a folder whose keys start with `prefix`; all folders of one depth at a time,
  /// since each takes several round trips.
  List<Found> files(String folder, String prefix) throws IOException {
    var files = new ArrayList<Found>();
    var level = List.of(folder);
    while (!level.isEmpty()) {
      var below = new ArrayList<String>();
      for (var found : listed(level)) {
        if (found.key().startsWith(prefix) && found.entry().attributes().isDir()) {
          below.add(found.key());
        } else if (found.key().startsWith(prefix) && found.entry().attributes().isReg()) {
          files.add(found);
        }
      }
      level = below;
    }
    return files;
  }

  private List<Found> listed(List<String> level) throws IOException {
    var asked = new ArrayList<Future<List<Found>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      level.forEach(folder -> asked.add(threads.submit(() -> listed(folder))));
    }
    var listed = new ArrayList<Found>();
    for (var one : asked) {
      listed.addAll(result(one));
    }
    return listed;
  }

  private List<Found> listed(String folder) throws IOException {
    var before = folder.isEmpty() ? "" : folder + "/";
    return entries(folder).stream().map(entry -> new Found(before + entry.name(), entry)).toList();
  }

  private static <T> T result(Future<T> asked) throws IOException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException broken
          ? broken
          : new IOException("listing failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while listing", e);
    }
  }
}
