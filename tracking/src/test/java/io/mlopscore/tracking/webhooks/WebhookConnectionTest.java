package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages over https, to a receiver whose certificate is for `localhost`.
@NullUnmarked
final class WebhookConnectionTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private HttpsServer receiver;
  private SSLContext trusting;

  @BeforeEach
  void serve() throws Exception {
    trusting = context(keys());
    receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setHttpsConfigurator(new HttpsConfigurator(trusting));
    receiver.createContext(
        "/",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    receiver.start();
  }

  /// A key pair whose certificate trusts itself, made by the JDK's own tool.
  private KeyStore keys() throws Exception {
    var file = folder.resolve("keys.p12");
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    var trusted = keys.getCertificate("receiver");
    keys.setCertificateEntry("trusted", trusted);
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    var context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private WebhookAnswer post(String host, SSLSocketFactory tls) throws IOException {
    var settings = WebhookSettings.read(Map.of("MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true"));
    var addresses =
        new WebhookAddresses(settings, _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    var connection =
        new WebhookConnection(addresses, () -> tls, Duration.ofSeconds(10), Clock.systemUTC());
    var url = "https://" + host + ":" + receiver.getAddress().getPort();
    return connection.post(new WebhookRequest(url, Map.of("X-A", "b"), "größer"));
  }

  @Test
  void messageArrivesOverHttps() throws Exception {
    assertThat(post("localhost", trusting.getSocketFactory()).body()).isEqualTo("größer");
  }

  @Test
  void certificateMustBeTrustedAndOfThatName() {
    assertThatThrownBy(() -> post("localhost", (SSLSocketFactory) SSLSocketFactory.getDefault()))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> post("other.example", trusting.getSocketFactory()))
        .isInstanceOf(SSLException.class);
  }
}
