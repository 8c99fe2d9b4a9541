package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.observability.ServerMetrics;

/// `GET /metrics`, for Prometheus: text, or protocol buffers with native histograms if it asks.
///
/// @param served false where strangers could read it
public record MetricsRoutes(ServerMetrics metrics, boolean served) implements HttpService {
  @Override
  public void routing(HttpRules rules) {
    if (served) {
      rules.get("/metrics", this::answer);
    }
  }

  private void answer(ServerRequest request, ServerResponse response) {
    var accept = request.headers().first(HeaderNames.ACCEPT).orElse("");
    response.headers().set(HeaderNames.CONTENT_TYPE, metrics.contentType(accept));
    response.send(metrics.scrape(accept));
  }
}
