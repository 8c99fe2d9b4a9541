package io.mlopscore.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of a file on the other side; its session is given back when it is closed.
final class SftpStream extends FilterInputStream {
  private final SftpSessions sessions;
  private final SftpSession session;
  private boolean broken;
  private boolean closed;

  SftpStream(InputStream in, SftpSessions sessions, SftpSession session) {
    super(in);
    this.sessions = sessions;
    this.session = session;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    broken = true;
    int read = in.read(into, offset, length);
    broken = false;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    boolean usable = false;
    try {
      if (!broken) {
        in.close();
        usable = true;
      }
    } finally {
      sessions.give(session, usable);
    }
  }
}
