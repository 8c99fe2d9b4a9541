package io.mlopscore.storage;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// The SFTP sessions over one connection: each does one thing at a time and is used again.
final class SftpSessions implements AutoCloseable {
  /// What is asked of one session.
  interface Work<T> {
    T with(SftpSession session) throws SftpException, IOException;
  }

  private final SshConnection connection;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<SftpSession> idle = new ConcurrentLinkedDeque<>();

  SftpSessions(SshConnection connection) {
    this.connection = connection;
    this.free = new Semaphore(connection.mostSessions());
  }

  /// What a session answers; waits while all are in use.
  ///
  /// @param path that it is about, for errors
  /// @throws NoSuchFileException when it is not there
  <T> T ask(String path, Work<T> work) throws IOException {
    var session = take();
    boolean usable = false;
    try {
      T answer = work.with(session);
      usable = true;
      return answer;
    } catch (SftpException e) {
      usable = SftpSession.isAnswer(e);
      throw failure(path, e);
    } finally {
      give(session, usable);
    }
  }

  /// The bytes of a file; the session is given back when the stream is closed.
  InputStream open(String path, long from) throws IOException {
    var session = take();
    try {
      return new SftpStream(session.open(path, from), this, session);
    } catch (SftpException e) {
      give(session, SftpSession.isAnswer(e));
      throw failure(path, e);
    }
  }

  private static IOException failure(String path, SftpException e) {
    return switch (e.id) {
      case ChannelSftp.SSH_FX_NO_SUCH_FILE -> new NoSuchFileException(path);
      case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
          new AccessDeniedException(path, null, "the server refuses it");
      default ->
          e.getCause() instanceof IOException broken
              ? broken
              : new IOException(path + ": " + e.getMessage(), e);
    };
  }

  private SftpSession take() throws IOException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + connection, e);
    }
    boolean taken = false;
    try {
      var session = idle.poll();
      while (session != null && !session.isUsable()) {
        session = idle.poll();
      }
      var usable = session == null ? connection.open() : session;
      taken = true;
      return usable;
    } finally {
      if (!taken) {
        free.release();
      }
    }
  }

  /// @param usable whether it can serve again
  void give(SftpSession session, boolean usable) {
    if (usable) {
      idle.push(session);
    } else {
      session.close();
    }
    free.release();
  }

  @Override
  public void close() {
    connection.close();
  }
}
