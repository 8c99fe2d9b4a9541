package io.mlopscore.tracking.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.util.regex.Pattern;

/// The routes that carry the bytes of artifacts: the proxy, and the files of runs, logged models
/// and model versions as MLflow's pages fetch them.
final class ArtifactRoutes {
  static final Pattern PROXY = Pattern.compile("/(?:ajax-)?api/[23]\\.0/mlflow-artifacts/(.+)");
  static final Pattern MODEL_FILE =
      Pattern.compile("/ajax-api/[23]\\.0/mlflow/logged-models/([^/]+)/artifacts/files");
  static final Pattern UPLOAD = Pattern.compile("/ajax-api/[23]\\.0/mlflow/upload-artifact");
  static final Pattern TRACE_FILE = Pattern.compile("/ajax-api/[23]\\.0/mlflow/get-trace-artifact");
  static final Pattern RUN_FILE = Pattern.compile("/get-artifact");
  private static final Pattern VERSION_FILE = Pattern.compile("/model-versions/get-artifact");
  private static final int LARGEST_UPLOAD = 10 << 20;

  private final Tracking tracking;
  private final ArtifactProxy proxy;
  private final TraceFile traces;

  ArtifactRoutes(Tracking tracking, MemoryBudget answers) {
    this.tracking = tracking;
    this.traces = new TraceFile(tracking, answers);
    this.proxy = new ArtifactProxy(tracking.artifacts());
  }

  static boolean serves(String path) {
    return PROXY.matcher(path).matches()
        || MODEL_FILE.matcher(path).matches()
        || UPLOAD.matcher(path).matches()
        || TRACE_FILE.matcher(path).matches()
        || RUN_FILE.matcher(path).matches()
        || VERSION_FILE.matcher(path).matches();
  }

  void answer(ServerRequest request, ServerResponse response) throws IOException {
    // Not the decoded path: what is encoded in the name of a file is part of the name.
    var path = request.path().rawPath();
    var proxied = PROXY.matcher(path);
    var model = MODEL_FILE.matcher(path);
    if (proxied.matches()) {
      proxy.answer(proxied.group(1), request, response);
    } else if (UPLOAD.matcher(path).matches()) {
      upload(request, response);
    } else if (TRACE_FILE.matcher(path).matches()) {
      traces.send(request, response);
    } else if (model.matches()) {
      var root = tracking.store().loggedModel(ArtifactPath.decode(model.group(1))).artifactUri();
      send(root, modelPath(request), request, response);
    } else if (RUN_FILE.matcher(path).matches()) {
      send(runRoot(request), query(request, "path"), request, response);
    } else {
      send(versionRoot(request), query(request, "path"), request, response);
    }
  }

  private void send(String root, String path, ServerRequest request, ServerResponse response)
      throws IOException {
    // Before the root is looked at, so that it cannot matter what that says.
    var safe = ArtifactPath.of(path);
    new ArtifactFile(tracking.artifacts().repository(root), safe).send(request, response);
  }

  private static String modelPath(ServerRequest request) {
    var path = request.query().first("artifact_file_path").orElse("");
    if (path.isEmpty()) {
      throw new TrackingException(
          ErrorCode.BAD_REQUEST,
          "Request must include the \"artifact_file_path\" query parameter.");
    }
    return path;
  }

  private String runRoot(ServerRequest request) {
    var id =
        request.query().first("run_id").or(() -> request.query().first("run_uuid").asOptional());
    return tracking.store().run(id.orElseGet(() -> query(request, "run_id"))).info().artifactUri();
  }

  private String versionRoot(ServerRequest request) {
    var version = query(request, "version");
    if (!version.matches("\\d{1,9}")) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Parameter 'version' must be an integer, got '" + version + "'.");
    }
    return tracking.registry().downloadUri(query(request, "name"), Integer.parseInt(version));
  }

  private static String query(ServerRequest request, String name) {
    return request
        .query()
        .first(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new TrackingException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Request must specify " + name + "."));
  }

  /// One small file, as a page stores it.
  private void upload(ServerRequest request, ServerResponse response) throws IOException {
    var run = query(request, "run_uuid");
    var path = ArtifactPath.of(query(request, "path"));
    var content = ReceivedBody.of(request).readNBytes(LARGEST_UPLOAD + 1);
    if (content.length > LARGEST_UPLOAD) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, "Artifact size is too large. Max size is 10MB.");
    }
    if (content.length == 0) {
      throw new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "Request must specify data.");
    }
    var root = tracking.store().run(run).info().artifactUri();
    ArtifactProxy.write(tracking.artifacts().repository(root), path, content);
    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json");
    response.send();
  }
}
