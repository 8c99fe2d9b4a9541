package io.mlopscore.storage;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// Reaches a host through a command whose input and output are the connection.
final class SshProxy implements Proxy {
  private final String command;
  private @Nullable Process process;

  SshProxy(String command) {
    this.command = command;
  }

  @Override
  public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
      throws IOException {
    process =
        new ProcessBuilder("sh", "-c", "exec " + command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not connected");
    }
    return process;
  }

  @Override
  public InputStream getInputStream() {
    return running().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() {
    return running().getOutputStream();
  }

  @Override
  public @Nullable Socket getSocket() {
    return null;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroy();
    }
  }
}
