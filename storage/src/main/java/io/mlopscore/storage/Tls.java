package io.mlopscore.storage;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Which servers are believed to be who they say.
public sealed interface Tls {
  /// Those that the Java runtime trusts.
  static Tls trusted() {
    return new Usual();
  }

  /// Any: what comes may be read and changed on the way.
  static Tls unchecked() {
    return new Unchecked();
  }

  /// Those whose certificates are signed by one of a file, in PEM.
  static Tls signedBy(Path certificates) {
    return new SignedBy(certificates);
  }

  record Usual() implements Tls {}

  record Unchecked() implements Tls {}

  record SignedBy(Path certificates) implements Tls {}

  /// @throws IOException when the certificates cannot be read
  default TrustManager[] trustManagers() throws IOException {
    try {
      return switch (this) {
        case Usual() -> managers(null);
        case Unchecked() -> new TrustManager[] {new Anyone()};
        case SignedBy(var file) -> managers(read(file));
      };
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
    }
  }

  default SSLContext context() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS is not available: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(file)) {
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("c" + number++, certificate);
      }
    }
    return store;
  }

  /// An extended trust manager is asked for the host's name, too; this one does not mind.
  final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
