package io.mlopscore.storage;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes requests to Azure Blob Storage: signed by the account's key, or with a shared access
/// signature in the query, or neither
/// (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key).
record AzureSigner(AzureOptions options, Clock clock) {
  private static final String VERSION = "2021-12-02";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  /// A block of 8 MiB at the least, beside the wait for the answer.
  private static final Duration SENDING = Duration.ofMinutes(4);

  HttpRequest get(String path, String query, String range) {
    var headers = headers();
    if (!range.isEmpty()) {
      headers.put("x-ms-range", range);
    }
    return build("GET", path, query, 0, headers, BodyPublishers.noBody());
  }

  HttpRequest putBlob(String path, long length, BodyPublisher body) {
    var headers = headers();
    headers.put("x-ms-blob-type", "BlockBlob");
    return build("PUT", path, "", length, headers, body);
  }

  HttpRequest request(String method, String path, String query, long length, BodyPublisher body) {
    return build(method, path, query, length, headers(), body);
  }

  private TreeMap<String, String> headers() {
    var headers = new TreeMap<String, String>();
    var now = ZonedDateTime.now(clock).withZoneSameInstant(ZoneOffset.UTC);
    headers.put("x-ms-date", DATE.format(now));
    headers.put("x-ms-version", VERSION);
    return headers;
  }

  private HttpRequest build(
      String method,
      String path,
      String query,
      long length,
      TreeMap<String, String> headers,
      BodyPublisher body) {
    var timeouts = options.timeouts();
    var asked =
        with(query, timeouts.server().map(time -> "timeout=" + time.toSeconds()).orElse(""));
    var token = options.token().map(given -> given.replaceFirst("^\\?", "")).orElse("");
    var uri = uri(path, with(asked, token));
    var patience = length == 0 ? timeouts.read() : timeouts.read().plus(SENDING);
    var request = HttpRequest.newBuilder(uri).timeout(patience).method(method, body);
    headers.forEach(request::header);
    if (token.isEmpty() && options.key().isPresent()) {
      var signature = sign(options.key().get(), text(method, uri, asked, length, headers));
      request.header("Authorization", "SharedKey " + options.account() + ":" + signature);
    }
    return request.build();
  }

  private URI uri(String path, String query) {
    var base = options.endpoint().toString().replaceFirst("/+$", "");
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  private static String with(String query, String more) {
    return query + (query.isEmpty() || more.isEmpty() ? "" : "&") + more;
  }

  /// The string to sign: method, eleven standard headers of which only the length is ever set, the
  /// `x-ms-` headers, and the resource with its query.
  private String text(
      String method, URI uri, String query, long length, Map<String, String> headers) {
    var text = new StringBuilder(method).append("\n\n\n");
    text.append(length == 0 ? "" : String.valueOf(length)).append("\n\n\n\n\n\n\n\n\n");
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('/').append(options.account()).append(uri.getRawPath());
    parameters(query)
        .forEach((name, value) -> text.append('\n').append(name).append(':').append(value));
    return text.toString();
  }

  private static TreeMap<String, String> parameters(String query) {
    var parameters = new TreeMap<String, String>();
    if (!query.isEmpty()) {
      for (var pair : query.split("&", -1)) {
        var parts = pair.split("=", 2);
        parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static String sign(String key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the account's key cannot sign", e);
    }
  }
}
