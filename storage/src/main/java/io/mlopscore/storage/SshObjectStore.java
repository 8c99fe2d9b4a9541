package io.mlopscore.storage;

import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Files of a folder on another machine, over SFTP.
///
/// An object arrives under a temporary name beside its own and is renamed when it is whole.
final class SshObjectStore implements ObjectStore {
  private interface Act {
    void with(SftpSession session) throws SftpException, IOException;
  }

  private final SftpSessions sessions;
  private final String root;
  private final SftpFolders tree;

  /// Folders that are there, so that each is looked for once.
  private final Set<String> folders = ConcurrentHashMap.newKeySet();

  private SshObjectStore(SftpSessions sessions, String root) {
    this.sessions = sessions;
    this.root = root;
    this.tree = new SftpFolders(sessions, root);
  }

  /// @param where `host/absolute/path`
  static SshObjectStore connect(String where, SshOptions options, Map<String, String> environment)
      throws IOException {
    int slash = where.indexOf('/');
    var login = SshLogin.of(where.substring(0, slash), options, environment);
    var root = where.substring(slash).replaceFirst("/+$", "");
    return new SshObjectStore(new SftpSessions(new SshConnection(login, options)), root);
  }

  private void order(String path, Act act) throws IOException {
    sessions.ask(
        path,
        session -> {
          act.with(session);
          return path;
        });
  }

  private String path(String key) {
    return root + "/" + ObjectStore.requireKey(key);
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    var path = path(key);
    var found = sessions.ask(path, session -> session.attributes(path)).filter(SftpATTRS::isReg);
    return found.isPresent() ? OptionalLong.of(found.get().getSize()) : OptionalLong.empty();
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    return new LimitedStream(sessions.open(path(key), from), length);
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var target = path(key);
    var folder = target.substring(0, target.lastIndexOf('/'));
    var temporary = folder + "/." + UUID.randomUUID() + ".tmp";
    boolean arrived = false;
    try {
      order(target, session -> send(session, folder, temporary, content, size));
      order(target, session -> session.replace(target, temporary));
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
    ObjectStore.requireWhole(counted.count, size);
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

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    int slash = prefix.lastIndexOf('/');
    return tree.files(slash < 0 ? "" : prefix.substring(0, slash), prefix).stream()
        .map(found -> summary(found.key(), found.entry().attributes()))
        .sorted()
        .toList();
  }

  private static ObjectSummary summary(String key, SftpATTRS attributes) {
    var modified = Instant.ofEpochSecond(Integer.toUnsignedLong(attributes.getMTime()));
    return new ObjectSummary(key, attributes.getSize(), Optional.of(modified));
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    return tree.entries(folder.isEmpty() ? "" : ObjectStore.requireKey(folder)).stream()
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
    order(path, session -> session.remove(path));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    var path = path(folder);
    for (var found : tree.entries(folder)) {
      var key = folder + "/" + found.name();
      if (found.attributes().isDir()) {
        deleteFolder(key);
      } else {
        delete(key);
      }
    }
    folders.remove(path);
    order(path, session -> session.removeFolder(path));
  }

  @Override
  public void close() {
    sessions.close();
  }
}
