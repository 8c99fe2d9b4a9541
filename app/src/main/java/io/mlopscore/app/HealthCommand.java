package io.mlopscore.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops health`: asks a service whether it is well, as the health check of a container that has
/// neither a shell nor curl.
@Command(
    description = {
      "Asks a running service whether it is well.",
      "Exit code 0 when it answers with status 200, else 1."
    },
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8000/health/ready",
      description = "What to ask (${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "How long to wait for the answer (${DEFAULT-VALUE}).")
  private int timeout;

  @Override
  public Integer call() throws IOException {
    int status = status(address());
    if (status != 200) {
      spec.commandLine().getErr().println(url + " answers with status " + status);
      return 1;
    }
    return 0;
  }

  private URI address() {
    try {
      var address = URI.create(url);
      if ("http".equals(address.getScheme()) || "https".equals(address.getScheme())) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), url + " is no address such as http://127.0.0.1:8000/health/ready");
  }

  private int status(URI address) throws IOException {
    var connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(timeout * 1000);
    connection.setReadTimeout(timeout * 1000);
    connection.setInstanceFollowRedirects(false);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
