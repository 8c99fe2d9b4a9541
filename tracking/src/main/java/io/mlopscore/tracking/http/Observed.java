package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.mlopscore.tracking.observability.Exchange;
import io.mlopscore.tracking.observability.Observer;
import io.mlopscore.tracking.observability.RequestId;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// Gives each request an id, its own or a new one, and tells observers when it is answered.
public record Observed(List<Observer> observers, Clock clock) implements Filter {
  private static final System.Logger LOG = System.getLogger(Observed.class.getName());
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  public Observed {
    observers = List.copyOf(observers);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var exchange = exchange(request);
    response.header(RequestId.HEADER, exchange.requestId());
    observers.forEach(Observer::begun);
    try {
      exchange.run(chain::proceed);
    } finally {
      if (exchange.route().equals("other")) {
        request.matchingPattern().map(Observed::path).ifPresent(exchange::named);
      }
      exchange.ended(response.status().code());
      observers.forEach(observer -> tell(observer, exchange));
    }
  }

  /// Routes below the root are told with its slash and their own.
  private static String path(String pattern) {
    return pattern.startsWith("//") ? pattern.substring(1) : pattern;
  }

  private Exchange exchange(RoutingRequest request) {
    var method = request.prologue().method().text();
    return new Exchange(
        RequestId.of(request.headers().first(RequestId.HEADER).orElse("")),
        METHODS.contains(method) ? method : "OTHER",
        request.headers().first(HeaderNames.create("traceparent")).orElse(""),
        clock.millis());
  }

  /// An observer that fails must not fail the request.
  private static void tell(Observer observer, Exchange exchange) {
    try {
      observer.answered(exchange);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, exchange.route(), e);
    }
  }
}
