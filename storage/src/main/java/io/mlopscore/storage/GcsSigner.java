package io.mlopscore.storage;

import com.google.auth.ServiceAccountSigner;
import io.mlopscore.storage.SignedTransfers.SignedUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signs URLs by the V4 process
/// (https://cloud.google.com/storage/docs/access-control/signing-urls-manually).
record GcsSigner(URI endpoint, ServiceAccountSigner account, Clock clock) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// @param path of the object, encoded
  /// @param headers that must be sent with the URL
  /// @param query in addition to what the signature needs
  SignedUrl sign(
      String method,
      String path,
      Map<String, String> headers,
      Map<String, String> query,
      Duration validity) {
    var time = TIME.format(clock.instant());
    var scope = time.substring(0, 8) + "/auto/storage/goog4_request";
    var signed = signedHeaders(headers);
    var all = new TreeMap<>(query);
    all.put("X-Goog-Algorithm", "GOOG4-RSA-SHA256");
    all.put("X-Goog-Credential", account.getAccount() + "/" + scope);
    all.put("X-Goog-Date", time);
    all.put("X-Goog-Expires", String.valueOf(validity.toSeconds()));
    all.put("X-Goog-SignedHeaders", String.join(";", signed.keySet()));
    var parameters = parameters(all);
    var canonical = canonical(method, path, parameters, signed);
    var toSign = String.join("\n", "GOOG4-RSA-SHA256", time, scope, sha256(canonical));
    var signature = HexFormat.of().formatHex(account.sign(bytes(toSign)));
    return new SignedUrl(
        URI.create(endpoint + path + "?" + parameters + "&X-Goog-Signature=" + signature), headers);
  }

  private TreeMap<String, String> signedHeaders(Map<String, String> headers) {
    var signed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> signed.put(name.toLowerCase(java.util.Locale.ROOT), value));
    signed.put("host", endpoint.getAuthority());
    return signed;
  }

  private static String parameters(Map<String, String> query) {
    return query.entrySet().stream()
        .map(each -> Percent.encode(each.getKey()) + "=" + Percent.encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String canonical(
      String method, String path, String parameters, Map<String, String> headers) {
    var lines =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    var names = String.join(";", headers.keySet());
    return String.join("\n", method, path, parameters, lines, names, "UNSIGNED-PAYLOAD");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
