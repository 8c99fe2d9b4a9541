package io.mlopscore.serving;

import io.github.bucket4j.TimeMeter;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.mlopscore.tracking.http.ListenAddress;
import io.mlopscore.tracking.http.TimedProtocol;
import io.mlopscore.tracking.observability.TraceName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// The prediction API, running.
public final class PredictionServer implements AutoCloseable {
  private final ServingSettings settings;
  private final WebServer web;
  private final ModelWatcher watcher;
  private final KeyRing keys;
  private final Limits limits;
  private final ServingLog log;
  private final ServingMetrics metrics;
  private final AtomicBoolean draining;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private PredictionServer(
      ServingSettings settings,
      WebServer web,
      ModelWatcher watcher,
      KeyRing keys,
      Limits limits,
      ServingLog log,
      ServingMetrics metrics,
      AtomicBoolean draining) {
    this.settings = settings;
    this.web = web;
    this.watcher = watcher;
    this.keys = keys;
    this.limits = limits;
    this.log = log;
    this.metrics = metrics;
    this.draining = draining;
  }

  /// Loads the model, if there is one, and listens.
  ///
  /// @param output where log lines go, usually standard output
  /// @throws SettingException if the port is taken
  public static PredictionServer start(
      ServingSettings settings, ModelSource source, OutputStream output) {
    var traces = new TraceName(settings.cloudProject());
    var log = new ServingLog(output, settings.logLevel(), Clock.systemUTC(), traces);
    log.start();
    var metrics = new ServingMetrics();
    metrics.watch(log);
    var live = new LiveModel();
    var watcher = new ModelWatcher(source, live, log, metrics, settings.reloadInterval());
    var keys = new KeyRing(settings.keys(), log, settings.reloadInterval());
    var draining = new AtomicBoolean();
    var limits = Limits.of(settings, log, metrics, TimeMeter.SYSTEM_MILLISECONDS);
    var routes = ServingRoutes.build(settings, live, watcher, log, metrics, draining::get, limits);
    var gateway =
        new Gateway(
            new Routes(routes),
            ServingRoutes.guard(settings, keys, limits),
            settings.cors(),
            log,
            metrics,
            draining::get);
    watcher.check();
    WebServer web;
    try {
      web = listen(settings, gateway);
    } catch (RuntimeException e) {
      watcher.close();
      limits.close();
      log.close();
      throw e;
    }
    watcher.start();
    keys.start();
    metrics.watchProcess();
    var server = new PredictionServer(settings, web, watcher, keys, limits, log, metrics, draining);
    server.sayStarted();
    return server;
  }

  private static WebServer listen(ServingSettings settings, Gateway gateway) {
    var address = new ListenAddress(settings.host(), settings.port(), "MLOPS_API_PORT", "--port");
    requireFree(address);
    var web =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(settings.gracePeriod())
            .maxTcpConnections(settings.maxConnections())
            .idleConnectionTimeout(settings.idleTimeout())
            .idleConnectionPeriod(settings.idleTimeout().dividedBy(4))
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                TimedProtocol.http1(http1(), settings.idleTimeout(), ProtocolErrors.timeout()))
            .errorHandling(ErrorHandling.builder().includeEntity(true).build())
            .directHandlers(ProtocolErrors.handlers())
            .addRouting(HttpRouting.builder().addFilter(gateway))
            .build()
            .start();
    if (!web.isRunning()) {
      throw new SettingException(address.setting(), address.taken());
    }
    return web;
  }

  private static void requireFree(ListenAddress address) {
    try {
      address.requireFree();
    } catch (IOException e) {
      throw new SettingException(address.setting(), e);
    }
  }

  /// Our own answers need no check on every request; what callers send is still checked.
  private static Http1Config http1() {
    return Http1Config.builder().maxHeadersSize(8192).validateResponseHeaders(false).build();
  }

  private void sayStarted() {
    if (keys.keys().isEmpty()) {
      log.event(
          ServingLog.Level.WARNING,
          "authentication_off",
          out ->
              out.writeStringField(
                  "message",
                  "NO API KEY IS SET: every program on this machine may use the API."
                      + " Set API_KEY to close it."));
    }
    log.event(
        ServingLog.Level.INFO,
        "started",
        out -> {
          out.writeStringField("host", settings.host());
          out.writeNumberField("port", port());
        });
  }

  /// The port it listens on.
  public int port() {
    return web.port();
  }

  /// Looks for a new model now, without waiting for the next look.
  public void checkModel() {
    watcher.check();
  }

  /// Stops: says at once that it is not ready, lets requests finish and callers move on, and
  /// returns when all are done or the grace period is over.
  public void stop() {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    draining.set(true);
    awaitQuiet(settings.gracePeriod().dividedBy(4));
    web.stop();
    watcher.close();
    keys.close();
    limits.close();
    log.event(ServingLog.Level.INFO, "stopped", _ -> {});
    log.close();
  }

  /// Every answer now ends its connection, so that callers turn elsewhere before the port closes.
  private void awaitQuiet(Duration atMost) {
    long end = System.nanoTime() + Math.min(atMost.toNanos(), 1_000_000_000L);
    int quiet = 0;
    try {
      while (System.nanoTime() < end && quiet < 10) {
        Thread.sleep(10);
        quiet = metrics.requestsInFlight() == 0 ? quiet + 1 : 0;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
