package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts texts as MLflow keeps the secrets of webhooks: AES-128-CBC with an HMAC-SHA256
/// (https://github.com/fernet/spec/blob/master/Spec.md).
public final class Fernet {
  private static final byte VERSION = (byte) 0x80;
  private static final int IV = 16;
  private static final int MAC = 32;
  private static final int HEAD = 1 + Long.BYTES + IV;

  private final SecretKeySpec signing;
  private final SecretKeySpec encryption;
  private final SecureRandom random;
  private final Clock clock;

  private Fernet(byte[] key, SecureRandom random, Clock clock) {
    signing = new SecretKeySpec(key, 0, 16, "HmacSHA256");
    encryption = new SecretKeySpec(key, 16, 16, "AES");
    this.random = random;
    this.clock = clock;
  }

  /// @param key 32 bytes in URL-safe base64
  /// @throws TrackingException if it is no such key
  public static Fernet of(String key, SecureRandom random, Clock clock) {
    try {
      var bytes = Base64.getUrlDecoder().decode(key.strip());
      if (bytes.length == 32) {
        return new Fernet(bytes, random, clock);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new TrackingException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY must be 32 bytes in URL-safe base64.");
  }

  /// With a key that nobody else will ever have.
  public static Fernet withFreshKey(SecureRandom random, Clock clock) {
    var key = new byte[32];
    random.nextBytes(key);
    return new Fernet(key, random, clock);
  }

  public String encrypt(String text) {
    var iv = new byte[IV];
    random.nextBytes(iv);
    try {
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(Cipher.ENCRYPT_MODE, encryption, new IvParameterSpec(iv));
      var hidden = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      var token = ByteBuffer.allocate(HEAD + hidden.length + MAC);
      token.put(VERSION).putLong(clock.instant().getEpochSecond()).put(iv).put(hidden);
      token.put(mac(token.array(), HEAD + hidden.length));
      return Base64.getUrlEncoder().encodeToString(token.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES and HMAC-SHA256", e);
    }
  }

  /// @throws TrackingException if it was encrypted with another key
  public String decrypt(String text) {
    try {
      var token = Base64.getUrlDecoder().decode(text);
      var end = token.length - MAC;
      if (end > HEAD
          && token[0] == VERSION
          && MessageDigest.isEqual(mac(token, end), Arrays.copyOfRange(token, end, token.length))) {
        var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, encryption, new IvParameterSpec(token, HEAD - IV, IV));
        return new String(cipher.doFinal(token, HEAD, end - HEAD), StandardCharsets.UTF_8);
      }
      throw new GeneralSecurityException("the signature is not of this key");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new TrackingException(
          ErrorCode.INVALID_STATE,
          "The secret of the webhook was encrypted with another key. Start the server with the same"
              + " MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY, or set the secret again.",
          e);
    }
  }

  private byte[] mac(byte[] token, int length) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(signing);
    mac.update(token, 0, length);
    return mac.doFinal();
  }
}
