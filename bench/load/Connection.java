import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/// One keep-alive connection with at most one request under way. It understands answers that carry a
/// `Content-Length`, which is what both measured services send.
final class Connection {
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(1 << 16);
  private int request;

  Connection(InetSocketAddress server, Selector selector) throws IOException {
    channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /// The number of the request that was sent last.
  int request() {
    return request;
  }

  void send(int number, byte[] bytes) throws IOException {
    request = number;
    answer.clear();
    var out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /// Reads what has arrived: the answer's status once it is complete, else empty.
  OptionalInt status() {
    try {
      if (channel.read(answer) < 0) {
        throw new EOFException("the server closed a connection");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    var headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || text.length() < headEnd + 4 + length(text.substring(0, headEnd + 2))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text, 9, 12, 10));
  }

  private static int length(String head) {
    var from = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (from < 0) {
      throw new IllegalStateException("an answer without Content-Length:\n" + head);
    }
    var value = from + LENGTH.length();
    return Integer.parseInt(head.substring(value, head.indexOf('\r', value)).strip());
  }
}
