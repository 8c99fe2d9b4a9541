package io.mlopscore.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mlopscore.monitoring.GoldenFile;
import io.mlopscore.monitoring.GoldenFile.Golden;
import io.mlopscore.monitoring.ServiceClient;
import io.mlopscore.monitoring.Smoke;
import io.mlopscore.tracking.Secret;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mlops smoke`: what must hold right after a deployment.
@Command(
    description = {
      "Looks whether a prediction API that was just deployed is ready, closed to strangers and "
          + "described, and gives the predictions that it gave before.",
      "The key is in the environment, API_KEY, or in the file that API_KEY_FILE names."
    },
    footer = "%nExit code 0 if all is well, 3 if not, 1 if it cannot be told.",
    mixinStandardHelpOptions = true)
final class SmokeCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8000",
      description = "Where the service is (${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--golden",
      paramLabel = "FILE",
      description = "Rows with the answers that are expected.")
  private @Nullable Path golden;

  @Option(names = "--record", description = "Write --golden from what the service answers now.")
  private boolean record;

  @Option(
      names = "--data",
      paramLabel = "CSV",
      description = "With --record: where the rows are from (the rows in the file).")
  private @Nullable Path data;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "With --data: how many of its rows (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file with the key of the API (API_KEY_FILE).")
  private @Nullable Path keyFile;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long it may take to get ready (${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many requests are timed (${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--max-p99",
      paramLabel = "MILLISECONDS",
      description = "The most that the slowest hundredth may take (no limit).")
  private @Nullable Integer slowest;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long an answer may take (${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (var service = new ServiceClient(address(), key(), Duration.ofSeconds(timeout))) {
      if (record) {
        return write(service);
      }
      var smoke =
          new Smoke(
              service,
              Duration.ofSeconds(patience),
              golden == null ? Optional.empty() : Optional.of(GoldenFile.read(golden)),
              requests,
              Optional.ofNullable(slowest).map(Duration::ofMillis));
      return ChecksText.print(smoke.run(Clock.systemUTC()), json);
    }
  }

  private URI address() {
    if (url.matches("https?://[^/?#]+/?")) {
      return URI.create(url);
    }
    throw new ParameterException(
        spec.commandLine(), url + " is no address such as https://api.example.org");
  }

  /// Of several keys, which a service may have, the first.
  private String key() throws IOException {
    var text =
        keyFile == null
            ? Secret.find("API_KEY", System.getenv()).map(Secret::text).orElse("")
            : Files.readString(keyFile);
    return text.strip().split("[,\\s]", 2)[0];
  }

  private int write(ServiceClient service) throws IOException {
    if (golden == null) {
      throw new ParameterException(spec.commandLine(), "--record needs --golden: what to write");
    }
    var recorded = GoldenFile.record(service, data == null ? before(golden) : table(data));
    recorded.write(golden);
    System.out.printf(
        "%s: %d predictions of version %s%n",
        golden, recorded.predictions().size(), recorded.modelVersion());
    return 0;
  }

  private static List<JsonNode> before(Path file) throws IOException {
    if (Files.notExists(file)) {
      throw new IOException(file + " is new; name a table of rows with --data");
    }
    return GoldenFile.read(file).predictions().stream().map(Golden::input).toList();
  }

  /// Rows from all over the table, since tables are often sorted.
  private List<ObjectNode> table(Path file) {
    var table = CsvFile.read(file);
    int count = Math.min(rows, table.rows().size());
    return IntStream.range(0, count)
        .map(i -> (int) ((long) i * table.rows().size() / count))
        .mapToObj(row -> json(table.header(), table.rows().get(row).fields()))
        .toList();
  }

  private static ObjectNode json(List<String> header, List<String> fields) {
    var row = JSON.createObjectNode();
    for (int i = 0; i < header.size(); i++) {
      row.set(header.get(i), value(fields.get(i)));
    }
    return row;
  }

  private static JsonNode value(String field) {
    try {
      return DoubleNode.valueOf(Double.parseDouble(field));
    } catch (NumberFormatException _) {
      return TextNode.valueOf(field);
    }
  }
}
