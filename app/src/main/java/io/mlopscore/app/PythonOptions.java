package io.mlopscore.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags of `mlflow server` that are taken, so that its command line works here, and have no
/// meaning: this server is one process with threads, and has no gateway.
final class PythonOptions {
  @Option(
      names = {"-w", "--workers"},
      description = "No meaning here: one process serves all.")
  private @Nullable String workers;

  @Option(names = "--gunicorn-opts", hidden = true)
  private @Nullable String gunicorn;

  @Option(names = "--uvicorn-opts", hidden = true)
  private @Nullable String uvicorn;

  @Option(names = "--waitress-opts", hidden = true)
  private @Nullable String waitress;

  @Option(names = "--dev", hidden = true)
  private boolean dev;

  @Option(names = "--secrets-cache-ttl", hidden = true)
  private @Nullable String secretsTtl;

  @Option(names = "--secrets-cache-max-size", hidden = true)
  private @Nullable String secretsSize;

  @Option(names = "--read-replica-backend-store-uri", hidden = true)
  private @Nullable String replica;

  @Option(names = "--workspace-store-uri", hidden = true)
  private @Nullable String workspaceStore;

  @Option(names = "--disable-workspaces", hidden = true)
  private boolean noWorkspaces;

  @Option(names = "--enable-workspaces", hidden = true)
  private boolean workspaces;

  @Option(names = "--trace-archival-config", hidden = true)
  private @Nullable String archival;

  /// @throws IOException if what was asked for would be missed
  void requireServed(Map<String, String> env) throws IOException {
    var inEnvironment = env.getOrDefault("MLFLOW_ENABLE_WORKSPACES", "").equalsIgnoreCase("true");
    if (workspaces || (inEnvironment && !noWorkspaces)) {
      throw new IOException(
          "--enable-workspaces (MLFLOW_ENABLE_WORKSPACES): there are no workspaces here; leave it"
              + " out, or start one server for each.");
    }
    if (archival != null) {
      throw new IOException("--trace-archival-config: traces are not archived here; leave it out.");
    }
  }

  /// The flags that were given and have no meaning, as a sentence each.
  List<String> remarks() {
    var remarks = new ArrayList<String>();
    remark(remarks, "--workers", workers);
    remark(remarks, "--gunicorn-opts", gunicorn);
    remark(remarks, "--uvicorn-opts", uvicorn);
    remark(remarks, "--waitress-opts", waitress);
    remark(remarks, "--dev", dev ? "" : null);
    remark(remarks, "--secrets-cache-ttl", secretsTtl);
    remark(remarks, "--secrets-cache-max-size", secretsSize);
    remark(remarks, "--read-replica-backend-store-uri", replica);
    remark(remarks, "--workspace-store-uri", workspaceStore);
    return remarks;
  }

  private static void remark(List<String> remarks, String name, @Nullable String value) {
    if (value != null) {
      remarks.add(name + " has no meaning here and is ignored.");
    }
  }
}
