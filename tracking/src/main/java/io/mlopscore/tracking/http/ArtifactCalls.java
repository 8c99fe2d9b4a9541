package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.ArtifactPath;
import io.mlopscore.tracking.ArtifactRepository;
import io.mlopscore.tracking.Artifacts;
import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.StoredArtifacts;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.TrackingStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// The calls about the artifacts of runs and logged models that carry no bytes: lists and signed
/// URLs.
record ArtifactCalls(TrackingStore store, Artifacts artifacts) {
  private interface Signing {
    ObjectNode sign(ArtifactRepository repository, String path, Call call) throws IOException;
  }

  Map<String, Rpc> table() {
    return Map.of(
        "GET artifacts/list", this::listRun,
        "GET logged-models/{model_id}/artifacts/directories", this::listModel,
        "POST artifacts/presigned-upload-url", this::presignedUpload,
        "POST artifacts/presigned-download-url", this::presignedDownload);
  }

  private ObjectNode listRun(Call call) {
    var path = ArtifactPath.of(call.text("path"));
    return list(store.run(call.run()).info().artifactUri(), path);
  }

  private ObjectNode listModel(Call call) {
    var path = ArtifactPath.of(call.text("artifact_directory_path"));
    return list(store.loggedModel(call.required("model_id")).artifactUri(), path);
  }

  /// MLflow lists paths from the root of the run or model, whichever folder was asked for.
  private ObjectNode list(String root, String folder) {
    try {
      var files = artifacts.repository(root).list(folder);
      return Messages.list(
          Messages.empty().put("root_uri", root),
          "files",
          files,
          file -> {
            var message = Messages.file(file);
            return folder.isEmpty() ? message : message.put("path", folder + "/" + file.path());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode presignedUpload(Call call) {
    var run = call.text("run_id");
    var model = call.text("model_id");
    if (run.isEmpty() == model.isEmpty()) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Exactly one of run_id and model_id must be provided.");
    }
    var root =
        run.isEmpty()
            ? store.loggedModel(model).artifactUri()
            : store.run(run).info().artifactUri();
    return sign(root, call, "upload", "proxied artifact storage", SignedCalls::presignedUpload);
  }

  private ObjectNode presignedDownload(Call call) {
    var root = store.run(call.required("run_id")).info().artifactUri();
    return sign(
        root,
        call,
        "download",
        "runs with proxied artifact storage",
        SignedCalls::presignedDownload);
  }

  /// Files behind the proxy have URLs of their own; these calls are for roots in a bucket.
  private ObjectNode sign(String root, Call call, String what, String where, Signing signing) {
    var path = ArtifactPath.of(call.required("path"));
    if (StoredArtifacts.isProxied(root)) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          ("Presigned %s is not supported for %s (artifact URI scheme: %s). This endpoint requires"
                  + " a %sdirect cloud storage artifact URI.")
              .formatted(
                  what,
                  where,
                  root.substring(0, root.indexOf(':')),
                  what.equals("download") ? "run with a " : ""));
    }
    try {
      return signing.sign(artifacts.repository(root), path, call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
