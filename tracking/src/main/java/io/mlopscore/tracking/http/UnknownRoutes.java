package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.observability.Exchange;
import java.util.List;
import java.util.Set;

/// What no other route answers, as MLflow's server does it: 404 for a path it does not know, 405
/// for a method it does not take there. A call of MLflow's that is not served is 501. Register it
/// last.
public final class UnknownRoutes implements HttpService {
  private final MlflowRoutes mlflow;

  private UnknownRoutes(MlflowRoutes mlflow) {
    this.mlflow = mlflow;
  }

  public static UnknownRoutes ofMlflow() {
    return new UnknownRoutes(MlflowRoutes.read());
  }

  /// Where MLflow's calls are elsewhere, below a prefix.
  public static UnknownRoutes besideMlflow() {
    return new UnknownRoutes(new MlflowRoutes(List.of()));
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any(
        (request, response) -> {
          Head.leaveOutBody(request, response);
          answer(request, response);
        });
  }

  /// Whether MLflow's server takes such a request; its path is as it was sent, since another
  /// reading of it may be another file.
  boolean isMlflows(ServerRequest request) {
    var methods = mlflow.methods(request.path().rawPath());
    return methods.contains(request.prologue().method().text());
  }

  void answer(ServerRequest request, ServerResponse response) {
    var method = request.prologue().method().text();
    var path = request.path().path();
    var methods = mlflow.methods(path);
    if (methods.contains(method)) {
      Exchange.name("unserved");
      new Failure(Unserved.call(method, path)).send(response);
    } else if (methods.isEmpty()) {
      Exchange.name("unknown");
      page(response, Status.NOT_FOUND_404, "There is nothing at this address.");
    } else {
      Exchange.name("unknown");
      others(method, methods, response);
    }
  }

  private static void others(String method, Set<String> methods, ServerResponse response) {
    response.headers().set(HeaderNames.ALLOW, String.join(", ", methods) + ", OPTIONS");
    if (method.equals("OPTIONS")) {
      response.status(Status.NO_CONTENT_204);
      response.send();
    } else {
      page(response, Status.METHOD_NOT_ALLOWED_405, "This address does not take " + method + ".");
    }
  }

  private static void page(ServerResponse response, Status status, String sentence) {
    var title = status.code() + " " + status.reasonPhrase();
    response.status(status);
    response.headers().set(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    response.send(
        "<!doctype html>\n<title>%s</title>\n<h1>%s</h1>\n<p>%s</p>\n"
            .formatted(title, title, sentence));
  }
}
