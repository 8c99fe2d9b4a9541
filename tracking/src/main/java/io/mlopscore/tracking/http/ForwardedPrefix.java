package io.mlopscore.tracking.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.regex.Pattern;

/// What a proxy took off the front of the paths that it passes on, as its header
/// `X-Forwarded-Prefix` says: pages have to put it back into their links.
///
/// Anybody may send the header, who then gets links for nobody else: pages are not kept.
public final class ForwardedPrefix {
  private static final HeaderName NAME = HeaderNames.create("X-Forwarded-Prefix");
  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9._~-]+)+");

  private ForwardedPrefix() {}

  /// @return such as `/mlflow`; empty for none, and for what is no plain path
  public static String of(ServerRequest request) {
    return request
        .headers()
        .first(NAME)
        .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
        .filter(path -> PATH.matcher(path).matches())
        .orElse("");
  }
}
