package io.mlopscore.serving;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// The description of the API for programs (`/openapi.json`) and people (`/docs`). The pages come
/// from the class path, so they work without a network.
final class DocsEndpoints {
  private static final HeaderName CSP = HeaderNames.create("Content-Security-Policy");
  private static final Header SELF_ONLY =
      HeaderValues.createCached(
          CSP,
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
              + " frame-ancestors 'none'");
  private static final Header CACHE =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=3600");

  private final ServingSettings settings;
  private final LiveModel live;

  DocsEndpoints(ServingSettings settings, LiveModel live) {
    this.settings = settings;
    this.live = live;
  }

  Reply openApi() {
    var model = live.acquire();
    try {
      return Reply.json(OpenApi.document(settings, model));
    } finally {
      if (model != null) {
        model.letGo();
      }
    }
  }

  Map<String, Endpoint> pages() {
    var webjar = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
    var pages = new LinkedHashMap<String, Endpoint>();
    pages.put("/docs", page("docs.html", "text/html; charset=utf-8"));
    pages.put("/docs/start.js", page("docs.js", "text/javascript; charset=utf-8"));
    pages.put("/docs/swagger-ui.css", page(webjar + "swagger-ui.css", "text/css; charset=utf-8"));
    pages.put(
        "/docs/swagger-ui-bundle.js",
        page(webjar + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"));
    pages.put("/docs/favicon.png", page(webjar + "favicon-32x32.png", "image/png"));
    return pages;
  }

  /// Read when asked for: they are large, and seldom wanted.
  private static Endpoint page(String resource, String contentType) {
    var type = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType);
    return _ -> {
      try (var in = resource(resource)) {
        return Reply.of(type, in.readAllBytes()).with(List.of(SELF_ONLY, CACHE));
      }
    };
  }

  private static String swaggerVersion() {
    var properties = new Properties();
    try (var in = resource("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static InputStream resource(String name) {
    var in = DocsEndpoints.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    return in;
  }
}
