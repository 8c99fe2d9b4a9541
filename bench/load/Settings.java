import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What to send, given as `name=value` arguments.
///
/// @param url where to; plain HTTP
/// @param rate requests a second
/// @param seconds how long to count
/// @param warmup how long to send before counting, in seconds
/// @param connections how many requests may be under way at once
/// @param header one more header line; empty for none
/// @param bodies one JSON body for each request, in turn, as POST; empty for GET
record Settings(
    URI url,
    double rate,
    double seconds,
    double warmup,
    int connections,
    String header,
    List<String> bodies) {

  static Settings of(String[] arguments) throws IOException {
    Map<String, String> given =
        Arrays.stream(arguments)
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    Function<String, String> required =
        name -> {
          if (!given.containsKey(name)) {
            throw new IllegalArgumentException("the argument " + name + "=... is missing");
          }
          return given.get(name);
        };
    return new Settings(
        URI.create(required.apply("url")),
        Double.parseDouble(required.apply("rate")),
        Double.parseDouble(required.apply("seconds")),
        Double.parseDouble(given.getOrDefault("warmup", "0")),
        Integer.parseInt(given.getOrDefault("connections", "32")),
        given.getOrDefault("header", ""),
        given.containsKey("bodies") ? lines(Path.of(given.get("bodies"))) : List.of());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  int uncounted() {
    return (int) Math.round(rate * warmup);
  }

  int total() {
    return uncounted() + (int) Math.round(rate * seconds);
  }

  /// The requests as bytes on the wire.
  byte[][] requests() {
    return bodies.isEmpty()
        ? new byte[][] {bytes("GET", "")}
        : bodies.stream().map(body -> bytes("POST", body)).toArray(byte[][]::new);
  }

  private byte[] bytes(String method, String body) {
    var head =
        "%s %s HTTP/1.1\r\nHost: %s:%d\r\n"
            .formatted(method, url.getPath(), url.getHost(), url.getPort());
    var more = header.isEmpty() ? "" : header + "\r\n";
    var content =
        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    return (head + more + (body.isEmpty() ? "\r\n" : content)).getBytes(StandardCharsets.US_ASCII);
  }
}
