package io.mlopscore.serving;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/// A real Redis on a free port. Where there is none, the test is skipped and says so.
final class RedisServer implements AutoCloseable {
  private final int port;
  private final List<String> command;
  private Process process;

  private RedisServer(int port, List<String> command, Process process) {
    this.port = port;
    this.command = command;
    this.process = process;
  }

  /// @param options such as `--requirepass`
  static RedisServer start(Path folder, String... options) throws IOException {
    int port = freePort();
    var command =
        new ArrayList<>(
            List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
    command.addAll(List.of("--dir", folder.toString(), "--loglevel", "warning"));
    command.addAll(List.of(options));
    return new RedisServer(port, command, begin(command, port));
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  String uri(String password) {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  void stop() {
    process.destroy();
    process.onExit().join();
  }

  void startAgain() throws IOException {
    process = begin(command, port);
  }

  void startAgainWith(String password) throws IOException {
    command.set(command.size() - 1, password);
    startAgain();
  }

  /// Sends a command in Redis' own words, and reads the beginning of the answer.
  String tell(String words) throws IOException {
    return tell(port, words);
  }

  private static String tell(int port, String words) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
      var answer = new byte[512];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
  }

  private static Process begin(List<String> command, int port) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
    } catch (IOException e) {
      System.err.println(
          "There is no redis-server, the tests of limits in Redis are SKIPPED: " + e);
      throw new TestAbortedException("there is no redis-server", e);
    }
    while (true) {
      try {
        tell(port, "PING");
        return process;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
