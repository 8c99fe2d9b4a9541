package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.openlineage.Lineage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops lineage`: the recorded results as OpenLineage events.
@Command(
    description = "Tells which data each stage read and wrote, as OpenLineage events.",
    mixinStandardHelpOptions = true)
public final class LineageCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--namespace",
      defaultValue = "${env:OPENLINEAGE_NAMESPACE}",
      paramLabel = "NAME",
      description =
          "Namespace of jobs and datasets ($OPENLINEAGE_NAMESPACE, or the folder's name).")
  private @Nullable String namespace;

  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "Send the events to a catalogue, such as http://localhost:5000, not to stdout.")
  private @Nullable URI to;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var pipeline = Pipeline.open(Path.of(""));
    var root = pipeline.repository().root().getFileName();
    var name = namespace != null ? namespace : root == null ? "default" : root.toString();
    var events = new Lineage(pipeline, name).events();
    if (to == null) {
      events.forEach(System.out::println);
    } else {
      send(events, to.resolve("/api/v1/lineage"));
      System.out.println(events.size() + " events sent to " + to);
    }
    return 0;
  }

  private static void send(List<String> events, URI address)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      for (var event : events) {
        var answer = client.send(request(address, event), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
          throw new PipelineException(
              "%s answered %d: %s; events before this one were taken, sending all again is harmless"
                  .formatted(address, answer.statusCode(), answer.body()));
        }
      }
    }
  }

  private static HttpRequest request(URI address, String event) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event));
    var key = System.getenv("OPENLINEAGE_API_KEY");
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }
}
