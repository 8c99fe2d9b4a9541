package io.mlopscore.app;

import io.mlopscore.tracking.http.Observed;
import io.mlopscore.tracking.observability.LogLines;
import io.mlopscore.tracking.observability.Observer;
import io.mlopscore.tracking.observability.RequestLog;
import io.mlopscore.tracking.observability.RequestTraces;
import io.mlopscore.tracking.observability.ServerMetrics;
import io.mlopscore.tracking.observability.SlowQueryLog;
import io.mlopscore.tracking.observability.TraceName;
import io.mlopscore.tracking.sql.Database;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;

/// What sees the requests of a tracking server: metrics, the log, and traces if there is a
/// collector.
record Observation(ServerMetrics metrics, Observed filter, Optional<RequestTraces> traces)
    implements AutoCloseable {
  static Observation start(
      ObservabilitySettings settings, Database database, WebhookService webhooks) {
    var metrics = new ServerMetrics();
    metrics.watch(database::numbers);
    metrics.watchWebhooks(webhooks.delivery()::failed);
    metrics.watchProcess();
    var lines = new LogLines(new FileOutputStream(FileDescriptor.out));
    database.tellSlowQueries(
        settings.slowQuery(), new SlowQueryLog(lines, database.place(), Clock.systemUTC()));
    var observers = new ArrayList<Observer>();
    observers.add(metrics);
    observers.add(
        new RequestLog(
            lines,
            database.place(),
            settings.slow(),
            settings.accessLog(),
            new TraceName(settings.cloudProject())));
    var traces =
        settings
            .collector()
            .map(address -> RequestTraces.to(address, settings.service(), database.system()));
    traces.ifPresent(observers::add);
    return new Observation(metrics, new Observed(observers, Clock.systemUTC()), traces);
  }

  @Override
  public void close() {
    traces.ifPresent(RequestTraces::close);
  }
}
