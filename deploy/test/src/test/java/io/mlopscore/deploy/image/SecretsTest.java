package io.mlopscore.deploy.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The search that finds nothing in the image finds what is planted.
final class SecretsTest {
  /// In two parts each, so that no scanner takes this file for a leak.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN |PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ",
        "-----BEGIN |EC PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ",
        "aws_access_key_id = AKIA|ABCDEFGHIJKLMNOP",
        "ghp_|abcdefghijklmnopqrstuvwxyz0123456789",
        "{\"private_key\": \"-----|BEGIN PRIVATE KEY-----\\n",
        "API_KEY=|c2VjcmV0LXNlY3JldC1zZWNyZXQ"
      })
  void aPlantedKeyIsFoundInFilesAndInJarsInJars(String planted) throws IOException {
    var secret = ("before " + planted.replace("|", "") + " after").getBytes(UTF_8);
    assertThat(Secrets.in("file", secret)).hasSize(1);
    assertThat(Secrets.in("a.jar", jar("conf/x", secret))).hasSize(1);
    assertThat(Secrets.in("b.jar", jar("a.jar", jar("x", secret)))).hasSize(1);
  }

  private static byte[] jar(String name, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var jar = new ZipOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry(name));
      jar.write(content);
    }
    return bytes.toByteArray();
  }
}
