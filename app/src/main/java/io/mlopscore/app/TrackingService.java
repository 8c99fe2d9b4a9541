package io.mlopscore.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.console.ConsoleRoutes;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.events.ChangeLog;
import io.mlopscore.tracking.events.WatchedRegistry;
import io.mlopscore.tracking.events.WatchedStore;
import io.mlopscore.tracking.http.Closing;
import io.mlopscore.tracking.http.EventRoutes;
import io.mlopscore.tracking.http.HttpFrame;
import io.mlopscore.tracking.http.MetricsRoutes;
import io.mlopscore.tracking.http.TrackingRoutes;
import io.mlopscore.tracking.http.UnknownRoutes;
import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.SqlModelRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// The tracking API and the console on one port, over one tracking store.
record TrackingService(
    WebServer web,
    Tracking tracking,
    ChangeLog changes,
    WebhookService webhooks,
    Observation observation,
    Authentication authentication)
    implements AutoCloseable {
  private static final int KEPT_CHANGES = 8192;
  private static final long KEPT_BYTES = 8 << 20;
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(5);

  /// Starts to listen.
  ///
  /// @throws IOException if the port is taken
  static TrackingService start(ServerSettings settings) throws IOException {
    settings.auth().requireSafe(settings.host());
    return startClosing(settings, Database.open(settings.database(), settings.artifactRoot()));
  }

  /// The same over a database that is open; it is closed with the service.
  static TrackingService startClosing(ServerSettings settings, Database database)
      throws IOException {
    settings.auth().requireSafe(settings.host());
    try {
      return start(settings, database);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static TrackingService start(ServerSettings settings, Database database)
      throws IOException {
    var registry = settings.registry().map(other -> Database.open(other, settings.artifactRoot()));
    var opened = opened(settings, database, registry);
    var changes = new ChangeLog(UUID.randomUUID().toString(), KEPT_CHANGES, KEPT_BYTES, KEPT_FOR);
    var webhooks =
        WebhookService.start(registry.orElse(database), opened.registry(), settings.webhooks());
    var tracking = watched(opened, changes, webhooks);
    var observation = Observation.start(settings.observability(), database, webhooks);
    Authentication authentication = null;
    try {
      authentication = Authentication.start(settings.auth(), settings.network().prefix(), tracking);
      var api =
          new TrackingRoutes(tracking, settings.served(), webhooks.calls(), authentication.gate());
      var root = settings.network().prefix();
      var web =
          listen(
              settings,
              observation,
              authentication,
              new EventRoutes(changes, tracking, authentication.login()),
              new ConsoleRoutes(api, authentication.userRoutes(), Clock.systemUTC(), root),
              api);
      return new TrackingService(web, tracking, changes, webhooks, observation, authentication);
    } catch (IOException | RuntimeException e) {
      if (authentication != null) {
        authentication.close();
      }
      observation.close();
      webhooks.close();
      throw e;
    }
  }

  /// Runs in one database, the registry in the same or another.
  private static Tracking opened(
      ServerSettings settings, Database database, Optional<Database> registry) {
    var all = Tracking.of(database, settings.artifacts(), settings.artifactRoot());
    if (registry.isEmpty()) {
      return all;
    }
    return new Tracking(
        all.store(),
        new SqlModelRegistry(registry.get(), Clock.systemUTC()),
        all.traces(),
        all.artifacts(),
        () -> {
          all.close();
          registry.get().close();
        });
  }

  /// The same, but what changes is told.
  private static Tracking watched(Tracking tracking, ChangeLog changes, WebhookService webhooks) {
    return new Tracking(
        new WatchedStore(tracking.store(), changes),
        new WatchedRegistry(
            tracking.registry(),
            change -> {
              changes.accept(change);
              webhooks.delivery().accept(change);
            }),
        tracking.traces(),
        tracking.artifacts(),
        tracking.onClose());
  }

  private static WebServer listen(
      ServerSettings settings,
      Observation observation,
      Authentication authentication,
      HttpService... services)
      throws IOException {
    var prefix = settings.network().prefix();
    var routing = HttpRouting.builder().addFilter(new Closing()).addFilter(observation.filter());
    settings.network().check().ifPresent(routing::addFilter);
    authentication.register().accept(routing);
    var numbers = new MetricsRoutes(observation.metrics(), settings.observability().metrics());
    routing.register(numbers); // who watches the server knows no prefix
    routing.register(prefix.isEmpty() ? "/" : prefix, services);
    routing.register(prefix.isEmpty() ? "/" : prefix, UnknownRoutes.ofMlflow());
    if (!prefix.isEmpty()) {
      routing.get("/", (_, response) -> to(response, prefix + "/"));
    }
    routing.register(UnknownRoutes.besideMlflow());
    settings.address().requireFree();
    var web =
        HttpFrame.server(settings.network().idleTimeout())
            .host(settings.host())
            .port(settings.port())
            .shutdownGracePeriod(GRACE_PERIOD)
            .addRouting(routing)
            .build()
            .start();
    if (!web.isRunning()) {
      // somebody was faster; Helidon tells only its log
      throw settings.address().taken();
    }
    return web;
  }

  /// Whoever asks for the server without its prefix is led to the console.
  private static void to(ServerResponse response, String place) {
    response.status(Status.FOUND_302);
    response.headers().set(HeaderNames.LOCATION, place);
    response.send();
  }

  int port() {
    return web.port();
  }

  @Override
  public void close() {
    changes.close();
    web.stop();
    observation.close();
    webhooks.close();
    authentication.close();
    tracking.close();
  }
}
