package io.mlopscore.tracking.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A message ready to be sent, and to be sent again just so: its receiver knows it by its id.
///
/// @param headers MLflow's, with the signature if the webhook has a secret
record WebhookRequest(String url, Map<String, String> headers, String body) {
  static WebhookRequest of(
      String url, WebhookMessage message, Optional<String> secret, String deliveryId, Instant now) {
    var body = message.body(now);
    var time = Long.toString(now.getEpochSecond());
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("X-MLflow-Delivery-Id", deliveryId);
    headers.put("X-MLflow-Timestamp", time);
    if (secret.isPresent() && !secret.get().isEmpty()) {
      var signed = deliveryId + "." + time + "." + body;
      headers.put("X-MLflow-Signature", "v1," + signature(secret.get(), signed));
    }
    return new WebhookRequest(url, headers, body);
  }

  /// HMAC-SHA256 in base64.
  private static String signature(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
