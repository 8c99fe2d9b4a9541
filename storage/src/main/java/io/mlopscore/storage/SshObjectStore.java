package io.mlopscore.storage;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Files of a folder on another machine, over SFTP.
///
/// An object arrives under a temporary name beside its own and is renamed when it is whole.
final class SshObjectStore implements ObjectStore {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  /// What is asked of one session.
  private interface Work<T> {
    T with(SftpSession session) throws SftpException, IOException;
  }

  private interface Act {
    void with(SftpSession session) throws SftpException, IOException;
  }

  private final SshConnection connection;
  private final String root;

  /// Folders that are there, so that each is looked for once.
  private final Set<String> folders = ConcurrentHashMap.newKeySet();

  private SshObjectStore(SshConnection connection, String root) {
    this.connection = connection;
    this.root = root;
  }

  /// @param where `host/absolute/path`
  static SshObjectStore connect(String where, SshOptions options, Map<String, String> environment)
      throws IOException {
    int slash = where.indexOf('/');
    var login = SshLogin.of(where.substring(0, slash), options, environment);
    var root = where.substring(slash).replaceFirst("/+$", "");
    return new SshObjectStore(new SshConnection(login, options), root);
  }

  private <T> T ask(String key, Work<T> work) throws IOException {
    var session = connection.take();
    boolean usable = false;
    try {
      T answer = work.with(session);
      usable = true;
      return answer;
    } catch (SftpException e) {
      usable = SftpSession.isAnswer(e);
      throw failure(key, e);
    } finally {
      connection.give(session, usable);
    }
  }

  private void order(String key, Act act) throws IOException {
    ask(
        key,
        session -> {
          act.with(session);
          return key;
        });
  }

  private IOException failure(String key, SftpException e) {
    return switch (e.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(key);
      case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
          new AccessDeniedException(root + "/" + key, null, "the server refuses it");
      default ->
          e.getCause() instanceof IOException broken
              ? broken
              : new IOException("%s/%s: %s".formatted(root, key, e.getMessage()), e);
    };
  }

  private String path(String key) {
    return root + "/" + ObjectStore.requireKey(key);
  }

  private String folder(String key) {
    return key.isEmpty() ? root + "/" : path(key);
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    var path = path(key);
    var found = ask(key, session -> session.attributes(path)).filter(SftpATTRS::isReg);
    return found.isPresent() ? OptionalLong.of(found.get().getSize()) : OptionalLong.empty();
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    var path = path(key);
    var session = connection.take();
    try {
      var bytes = new SftpStream(session.open(path, from), connection, session);
      return new LimitedStream(bytes, length);
    } catch (SftpException e) {
      connection.give(session, SftpSession.isAnswer(e));
      throw failure(key, e);
    }
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var target = path(key);
    var folder = target.substring(0, target.lastIndexOf('/'));
    var temporary = folder + "/." + UUID.randomUUID() + ".tmp";
    boolean arrived = false;
    try {
      order(key, session -> send(session, folder, temporary, content, size));
      order(key, session -> session.replace(target, temporary));
      arrived = true;
    } catch (NoSuchFileException e) {
      folders.clear(); // somebody removed one
      throw new IOException(target + ": the folder is gone", e);
    } finally {
      if (!arrived) {
        discard(temporary);
      }
    }
  }

  private void send(SftpSession session, String folder, String file, InputStream in, long size)
      throws SftpException, IOException {
    makeFolder(session, folder);
    var counted = new Counted(in);
    session.send(counted, file);
    if (size >= 0 && counted.count < size) {
      throw new EOFException("only " + counted.count + " of " + size + " bytes came");
    }
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = in.read(into, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  private void makeFolder(SftpSession session, String folder) throws SftpException {
    if (folder.isEmpty() || folders.contains(folder)) {
      return;
    }
    if (session.attributes(folder).isEmpty()) {
      makeFolder(session, folder.substring(0, folder.lastIndexOf('/')));
      session.makeFolder(folder);
    }
    folders.add(folder);
  }

  private void discard(String temporary) {
    try {
      order(temporary, session -> session.remove(temporary));
    } catch (IOException e) {
      System.getLogger(SshObjectStore.class.getName())
          .log(System.Logger.Level.DEBUG, "left behind: " + temporary, e);
    }
  }

  private List<SftpSession.Entry> entries(String folder) throws IOException {
    var path = folder(folder);
    var found = new ArrayList<>(ask(folder, session -> session.list(path)));
    found.removeIf(entry -> UNFINISHED.matcher(entry.name()).matches());
    return found;
  }

  /// All folders of one depth at a time: each takes several round trips.
  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    int slash = prefix.lastIndexOf('/');
    var objects = new ArrayList<ObjectSummary>();
    var level = List.of(slash < 0 ? "" : prefix.substring(0, slash));
    while (!level.isEmpty()) {
      var below = new ArrayList<String>();
      var listed = entries(level);
      for (int i = 0; i < level.size(); i++) {
        var folder = level.get(i);
        for (var entry : listed.get(i)) {
          var key = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
          if (key.startsWith(prefix) && entry.attributes().isDir()) {
            below.add(key);
          } else if (key.startsWith(prefix) && entry.attributes().isReg()) {
            objects.add(summary(key, entry.attributes()));
          }
        }
      }
      level = below;
    }
    return objects.stream().sorted().toList();
  }

  private static ObjectSummary summary(String key, SftpATTRS attributes) {
    var modified = Instant.ofEpochSecond(Integer.toUnsignedLong(attributes.getMTime()));
    return new ObjectSummary(key, attributes.getSize(), Optional.of(modified));
  }

  private List<List<SftpSession.Entry>> entries(List<String> level) throws IOException {
    var asked = new ArrayList<Future<List<SftpSession.Entry>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      level.forEach(folder -> asked.add(threads.submit(() -> entries(folder))));
    }
    var listed = new ArrayList<List<SftpSession.Entry>>();
    for (var one : asked) {
      listed.add(result(one));
    }
    return listed;
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

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    return entries(folder).stream()
        .filter(found -> found.attributes().isDir() || found.attributes().isReg())
        .map(SshObjectStore::entry)
        .sorted()
        .toList();
  }

  private static StoredEntry entry(SftpSession.Entry found) {
    boolean folder = found.attributes().isDir();
    return new StoredEntry(found.name(), folder, folder ? 0 : found.attributes().getSize());
  }

  @Override
  public void delete(String key) throws IOException {
    var path = path(key);
    order(key, session -> session.remove(path));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    var path = path(folder);
    for (var found : entries(folder)) {
      var key = folder + "/" + found.name();
      if (found.attributes().isDir()) {
        deleteFolder(key);
      } else {
        delete(key);
      }
    }
    folders.remove(path);
    order(folder, session -> session.removeFolder(path));
  }

  @Override
  public void close() {
    connection.close();
  }
}
