package io.mlopscore.serving;

import io.github.bucket4j.TimeMeter;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Which path is answered by what, behind which guards.
final class ServingRoutes {
  private static final int MAX_CALLERS = 20_000;

  private ServingRoutes() {}

  static List<Route> build(
      ServingSettings settings,
      LiveModel live,
      ModelWatcher watcher,
      ServingLog log,
      ServingMetrics metrics,
      BooleanSupplier draining,
      TimeMeter time) {
    var health = new HealthEndpoints(live, watcher, draining);
    var docs = new DocsEndpoints(settings, live);
    var text = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, ServingMetrics.CONTENT_TYPE);
    var root = root(settings.title());
    var routes =
        new ArrayList<>(
            List.of(
                open("/", _ -> Reply.json(root)),
                limited("/health", settings.healthLimit(), time, _ -> health.health()),
                open("/health/live", _ -> HealthEndpoints.alive()),
                open("/health/ready", _ -> health.ready()),
                open("/metrics", _ -> Reply.of(text, metrics.scrape())),
                new Route(
                    "POST",
                    "/predict",
                    true,
                    guards(settings.predictLimit(), time),
                    new PredictEndpoint(live, metrics, log, settings.maxBody())),
                new Route(
                    "GET",
                    "/model/info",
                    true,
                    guards(settings.infoLimit(), time),
                    new InfoEndpoint(live)),
                open("/openapi.json", _ -> docs.openApi())));
    docs.pages().forEach((path, page) -> routes.add(open(path, page)));
    return routes;
  }

  static Guard guard(ServingSettings settings, KeyRing keys, TimeMeter time) {
    return new Guard(
        keys,
        settings.trustedProxies(),
        settings.failedKeyLimit().map(limit -> new Limiter(limit, time, MAX_CALLERS)),
        settings.https(),
        settings.maxBody());
  }

  private static Route open(String path, Endpoint endpoint) {
    return new Route("GET", path, false, Optional.empty(), endpoint);
  }

  private static Route limited(
      String path, Optional<RateLimit> limit, TimeMeter time, Endpoint endpoint) {
    return new Route("GET", path, false, guards(limit, time), endpoint);
  }

  private static Optional<Route.Guards> guards(Optional<RateLimit> limit, TimeMeter time) {
    return limit.map(
        l ->
            new Route.Guards(new Limiter(l, time, MAX_CALLERS), new Limiter(l, time, MAX_CALLERS)));
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
