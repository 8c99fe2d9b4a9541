package io.mlopscore.serving;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Which path is answered by what, behind which guards.
final class ServingRoutes {
  private ServingRoutes() {}

  static List<Route> build(
      ServingSettings settings,
      LiveModel live,
      ModelWatcher watcher,
      ServingLog log,
      ServingMetrics metrics,
      BooleanSupplier draining,
      Limits limits) {
    var health = new HealthEndpoints(live, watcher, draining);
    var docs = new DocsEndpoints(settings, live);
    var text = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, ServingMetrics.CONTENT_TYPE);
    var root = root(settings.title());
    var routes =
        new ArrayList<>(
            List.of(
                open("/", _ -> Reply.json(root)),
                limited("/health", settings.healthLimit(), limits, _ -> health.health()),
                open("/health/live", _ -> HealthEndpoints.alive()),
                open("/health/ready", _ -> health.ready()),
                open("/metrics", _ -> Reply.of(text, metrics.scrape())),
                new Route(
                    "POST",
                    "/predict",
                    true,
                    guards("/predict", settings.predictLimit(), limits),
                    new PredictEndpoint(live, metrics, log, settings.maxBody())),
                new Route(
                    "GET",
                    "/model/info",
                    true,
                    guards("/model/info", settings.infoLimit(), limits),
                    new InfoEndpoint(live)),
                open("/openapi.json", _ -> docs.openApi())));
    docs.pages().forEach((path, page) -> routes.add(open(path, page)));
    return routes;
  }

  static Guard guard(ServingSettings settings, KeyRing keys, Limits limits) {
    return new Guard(
        keys,
        settings.trustedProxies(),
        settings.failedKeyLimit().map(limit -> limits.limiter("failed-keys", limit)),
        settings.https(),
        settings.maxBody());
  }

  private static Route open(String path, Endpoint endpoint) {
    return new Route("GET", path, false, Optional.empty(), endpoint);
  }

  private static Route limited(
      String path, Optional<RateLimit> limit, Limits limits, Endpoint endpoint) {
    return new Route("GET", path, false, guards(path, limit, limits), endpoint);
  }

  private static Optional<Route.Guards> guards(
      String path, Optional<RateLimit> limit, Limits limits) {
    return limit.map(
        l ->
            new Route.Guards(
                limits.limiter(path + " by address", l), limits.limiter(path + " by key", l)));
  }

  private static byte[] root(String title) {
    return Json.object(
        out -> {
          out.writeStringField("message", title);
          out.writeStringField("docs", "/docs");
          out.writeStringField("health", "/health");
          out.writeStringField(
              "security", "Send your API key in the X-API-Key header to use /predict");
        });
  }
}
