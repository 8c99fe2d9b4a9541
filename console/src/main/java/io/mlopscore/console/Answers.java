package io.mlopscore.console;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.http.Gate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Sends pages. Every failure is a page that says what happened and what to do; what only we can
/// mend is logged too.
final class Answers {
  private static final System.Logger LOG = System.getLogger(Answers.class.getName());
  private static final ErrorPage FORBIDDEN =
      new ErrorPage(
          "Not allowed",
          "Permission denied.",
          "Ask an admin of this server, or whoever manages the experiment or model, to let you in;"
              + " or log in as somebody else.");
  private static final ErrorPage FOREIGN =
      new ErrorPage(
          "Not from here",
          "This form was not sent by a page of this server, so nothing was changed.",
          "Open the page again and send it from there. Behind a proxy, let it pass the header Host"
              + " or X-Forwarded-Host of the browser on.");

  private final String root;
  private final boolean knowsUsers;
  private final Templates templates = new Templates();

  /// @param root what stands before every path: `--static-prefix`, or the empty text
  /// @param knowsUsers whether the server has users
  Answers(String root, boolean knowsUsers) {
    this.root = root;
    this.knowsUsers = knowsUsers;
  }

  /// What a route does.
  interface Answering {
    void answer(ServerRequest request, ServerResponse response) throws IOException;
  }

  /// The form is not from here.
  private static final class ForeignForm extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Somebody who is no admin asks for a page for admins.
  private static final class AdminsOnly extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static void requireSameOrigin(ServerRequest request) {
    if (!SameOrigin.holds(request)) {
      throw new ForeignForm();
    }
  }

  static void requireAdmin(Optional<Caller> caller) {
    if (caller.filter(Caller::isAdmin).isEmpty()) {
      throw new AdminsOnly();
    }
  }

  Handler guarded(Answering answering) {
    return (request, response) -> {
      try {
        answering.answer(request, response);
      } catch (Gate.PermissionDenied | AdminsOnly _) {
        send(request, response, Status.FORBIDDEN_403, FORBIDDEN);
      } catch (ForeignForm _) {
        send(request, response, Status.FORBIDDEN_403, FOREIGN);
      } catch (TrackingException e) {
        fail(request, response, e.code(), String.valueOf(e.getMessage()));
      } catch (NoSuchFileException e) {
        fail(request, response, ErrorCode.RESOURCE_DOES_NOT_EXIST, "There is no such file.");
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, request.path().path(), e);
        fail(request, response, ErrorCode.INTERNAL_ERROR, "The server's log says why.");
      }
    };
  }

  private void fail(ServerRequest request, ServerResponse response, ErrorCode code, String why) {
    var status = Status.create(code.httpStatus());
    send(request, response, status, new ErrorPage(title(code, status), why, advice(code)));
  }

  private static String title(ErrorCode code, Status status) {
    return switch (code) {
      case INVALID_PARAMETER_VALUE, BAD_REQUEST -> "That did not work";
      default -> status.reasonPhrase().isEmpty() ? code.name() : status.reasonPhrase();
    };
  }

  private static String advice(ErrorCode code) {
    return switch (code) {
      case RESOURCE_DOES_NOT_EXIST, ENDPOINT_NOT_FOUND ->
          "It may have been deleted for ever or renamed, or the address has a slip.";
      case INVALID_PARAMETER_VALUE, BAD_REQUEST, RESOURCE_ALREADY_EXISTS ->
          "Go back, change what was sent, and try again.";
      case REQUEST_LIMIT_EXCEEDED, TEMPORARILY_UNAVAILABLE -> "Try again in a moment.";
      default -> "";
    };
  }

  /// A page that tells of a mistake in what was asked for is no success.
  Status status(Page page) {
    return switch (page) {
      case ExperimentPage experiment when experiment.problem() != null -> Status.BAD_REQUEST_400;
      case TracesPage traces when traces.problem() != null -> Status.BAD_REQUEST_400;
      case IndexPage index when index.search().problem() != null -> Status.BAD_REQUEST_400;
      case ModelsPage models when models.search().problem() != null -> Status.BAD_REQUEST_400;
      default -> Status.OK_200;
    };
  }

  void send(ServerRequest request, ServerResponse response, Status status, Page page) {
    ConsoleRoutes.send(response, status, templates.render(page, frame(request)));
  }

  private Frame frame(ServerRequest request) {
    var caller = request.context().get(Caller.class);
    return new Frame(
        Links.of(request, root),
        caller.map(known -> known.user().name()).orElse(""),
        knowsUsers && caller.filter(Caller::isAdmin).isPresent());
  }

  /// After a change, so that a reload does not make it again.
  static void goTo(ServerResponse response, String place) {
    response.status(Status.SEE_OTHER_303);
    response.headers().set(HeaderNames.LOCATION, place);
    response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
    response.send();
  }
}
