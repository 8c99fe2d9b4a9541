import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A server whose latencies are known: it answers at once, but from second 5 to second 6 after its
/// first request it answers nobody. Prints its port. For `../check-open-loop`.
final class StallingServer {
  private static final long STALL_FROM = 5_000_000_000L;
  private static final long STALL_TO = 6_000_000_000L;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

  private long firstRequest;

  void main() throws IOException {
    try (var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      IO.println(server.getLocalPort());
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    }
  }

  private void answer(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      client.setTcpNoDelay(true);
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.isEmpty()) {
          stall();
          client.getOutputStream().write(ANSWER);
        }
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("a connection ended: " + e.getMessage());
    }
  }

  private void stall() throws InterruptedException {
    var elapsed = sinceFirstRequest();
    if (elapsed >= STALL_FROM && elapsed < STALL_TO) {
      Thread.sleep(Duration.ofNanos(STALL_TO - elapsed));
    }
  }

  private synchronized long sinceFirstRequest() {
    var now = System.nanoTime();
    firstRequest = firstRequest == 0 ? now : firstRequest;
    return now - firstRequest;
  }
}
