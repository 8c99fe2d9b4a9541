package io.mlopscore.storage;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One session of SFTP, which does one thing at a time. Paths are taken as they are, while the
/// library below takes them for patterns.
final class SftpSession {
  private static final String POSIX_RENAME = "posix-rename@openssh.com";

  /// @param name without its folder
  record Entry(String name, SftpATTRS attributes) {}

  private final ChannelSftp channel;

  SftpSession(ChannelSftp channel) {
    this.channel = channel;
  }

  /// Whether the server said so, rather than something having broken on the way: then the session
  /// can go on.
  static boolean isAnswer(SftpException e) {
    return e.getCause() == null && e.id <= ChannelSftp.SSH_FX_OP_UNSUPPORTED;
  }

  private static boolean isMissing(SftpException e) {
    return e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE;
  }

  private static String exact(String path) {
    return path.replaceAll("([\\\\*?])", "\\\\$1");
  }

  /// Empty when nothing is there; a link stands for what it leads to.
  Optional<SftpATTRS> attributes(String path) throws SftpException {
    try {
      return Optional.of(channel.stat(exact(path)));
    } catch (SftpException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isFolder(String path) throws SftpException {
    return attributes(path).filter(SftpATTRS::isDir).isPresent();
  }

  /// What lies in a folder; nothing if it is not there. Links that lead nowhere are left out.
  List<Entry> list(String folder) throws SftpException {
    var found = new ArrayList<Entry>();
    if (!isFolder(folder)) {
      return found;
    }
    for (var entry : channel.ls(exact(folder))) {
      var name = entry.getFilename();
      if (entry.getAttrs().isLink()) {
        attributes(folder + "/" + name).ifPresent(to -> found.add(new Entry(name, to)));
      } else if (!name.equals(".") && !name.equals("..")) {
        found.add(new Entry(name, entry.getAttrs()));
      }
    }
    return found;
  }

  InputStream open(String path, long from) throws SftpException {
    return channel.get(exact(path), null, from);
  }

  void send(InputStream content, String path) throws SftpException {
    channel.put(content, exact(path));
  }

  /// Where the server cannot replace, what is there gives way first.
  void replace(String path, String with) throws SftpException {
    try {
      channel.rename(exact(with), exact(path));
    } catch (SftpException e) {
      if (!channel.getExtension(POSIX_RENAME).isEmpty() || isFolder(path)) {
        throw e;
      }
      remove(path);
      channel.rename(exact(with), exact(path));
    }
  }

  /// Removes a file; one that is not there is no error.
  void remove(String path) throws SftpException {
    try {
      channel.rm(exact(path));
    } catch (SftpException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
  }

  void removeFolder(String path) throws SftpException {
    if (isFolder(path)) {
      channel.rmdir(exact(path));
    }
  }

  /// Makes a folder; one that is there, or that somebody makes at the same moment, is no error.
  void makeFolder(String path) throws SftpException {
    try {
      channel.mkdir(path);
    } catch (SftpException e) {
      if (!isFolder(path)) {
        throw e;
      }
    }
  }

  boolean isUsable() {
    return channel.isConnected();
  }

  void close() {
    channel.disconnect();
  }
}
