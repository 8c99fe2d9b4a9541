package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The few files that pages refer to, from the jar.
enum Asset {
  STYLE("style.css", "text/css; charset=utf-8"),
  HASH("hash.js", "text/javascript; charset=utf-8"),
  LIVE("live.js", "text/javascript; charset=utf-8"),
  TABLE("table.js", "text/javascript; charset=utf-8"),
  CHARTS("charts.js", "text/javascript; charset=utf-8"),
  PLOT("plot.js", "text/javascript; charset=utf-8"),
  COMPARE("compare.js", "text/javascript; charset=utf-8"),
  MARK("mark.svg", "image/svg+xml");

  /// Pages load from this server alone and hold no script of their own.
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final String name;
  private final String contentType;

  Asset(String name, String contentType) {
    this.name = name;
    this.contentType = contentType;
  }

  String path() {
    return "/console/" + name;
  }

  void send(ServerResponse response) {
    harden(response);
    response.headers().set(HeaderNames.CONTENT_TYPE, contentType);
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-cache");
    response.send(bytes());
  }

  /// Headers for everything that a browser shows of ours.
  static void harden(ServerResponse response) {
    response.headers().set(HeaderNames.create("Content-Security-Policy"), POLICY);
    response.headers().set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    response.headers().set(HeaderNames.create("Referrer-Policy"), "same-origin");
  }

  private byte[] bytes() {
    try (var content = Asset.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IllegalStateException(name + " is missing from the console's jar");
      }
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
