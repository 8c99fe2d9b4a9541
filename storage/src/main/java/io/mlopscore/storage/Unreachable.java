package io.mlopscore.storage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;

/// A failure to reach a server, with the name of the server: Java's client gives none.
final class Unreachable {
  private Unreachable() {}

  static IOException named(URI uri, IOException failure) {
    if (!(failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException)) {
      return failure;
    }
    var named = new ConnectException(server(uri) + ": the server cannot be reached");
    named.initCause(failure);
    return named;
  }

  /// Without the path, and without a login that the URL may have.
  static String server(URI uri) {
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }
}
