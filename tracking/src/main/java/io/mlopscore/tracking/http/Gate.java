package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonSerializable;
import io.helidon.webserver.http.ServerRequest;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.util.Collection;

/// Stands before every call: lets it pass, or not.
public sealed interface Gate permits Gate.Open, Guard {
  /// Lets everything pass.
  Gate OPEN = new Open();

  /// @throws PermissionDenied if the caller may not
  JsonSerializable answer(ServerRequest request, String name, Call call, Rpc rpc);

  /// Lets pass, without making it, a call that only reads.
  ///
  /// @throws PermissionDenied if the caller may not
  void require(ServerRequest request, String name, Call call);

  /// The same for routes that carry the bytes of artifacts.
  void carry(ServerRequest request, Carrying carrying) throws IOException;

  /// Before spans are added to traces, or traces to a run: what is there already may be somebody
  /// else's.
  ///
  /// @param run empty for none
  /// @throws PermissionDenied if the caller may not
  void trace(ServerRequest request, Collection<String> traces, String run);

  /// Asks for one small thing, as a check of health.
  void check();

  /// The answer to such a request.
  interface Carrying {
    void run() throws IOException;
  }

  /// Costs nothing.
  record Open() implements Gate {
    @Override
    public JsonSerializable answer(ServerRequest request, String name, Call call, Rpc rpc) {
      return rpc.answer(call);
    }

    @Override
    public void require(ServerRequest request, String name, Call call) {}

    @Override
    public void check() {}

    @Override
    public void trace(ServerRequest request, Collection<String> traces, String run) {}

    @Override
    public void carry(ServerRequest request, Carrying carrying) throws IOException {
      carrying.run();
    }
  }

  /// Answered as MLflow does, with 403 and two words.
  final class PermissionDenied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PermissionDenied() {
      super("Permission denied");
    }
  }

  /// The status that a failure is answered with.
  static int status(RuntimeException failure) {
    return switch (failure) {
      case PermissionDenied _ -> 403;
      case TrackingException known -> known.code().httpStatus();
      default -> 500;
    };
  }
}
