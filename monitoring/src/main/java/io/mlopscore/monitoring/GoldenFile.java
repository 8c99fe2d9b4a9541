package io.mlopscore.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Predictions that were right once: rows with the answers that a service gave for them.
///
/// @param modelVersion the version of the model that gave them
/// @param tolerance how far a number may be from the recorded one
public record GoldenFile(String modelVersion, double tolerance, List<Golden> predictions) {
  /// As far as the same model may differ between machines and flavors.
  static final double TOLERANCE = 1e-6;

  private static final String SHAPE =
      "a golden file is {\"model_version\": TEXT, \"tolerance\": NUMBER, \"predictions\":"
          + " [{\"input\": {...}, \"answer\": {...}}]}; `mlops smoke --record` writes one";

  public GoldenFile {
    predictions = List.copyOf(predictions);
  }

  /// A row, and the whole answer to it.
  public record Golden(JsonNode input, JsonNode answer) {}

  /// @throws IOException saying what is wrong with the file
  public static GoldenFile read(Path file) throws IOException {
    try {
      return parse(file, ServiceClient.JSON.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file; `mlops smoke --record` writes one", e);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static GoldenFile parse(Path file, JsonNode top) throws IOException {
    var predictions = new ArrayList<Golden>();
    for (var each : top.path("predictions")) {
      if (!each.path("input").isObject() || !each.path("answer").isObject()) {
        throw new IOException(
            "%s: predictions[%d] has another shape; %s".formatted(file, predictions.size(), SHAPE));
      }
      predictions.add(new Golden(each.path("input"), each.path("answer")));
    }
    if (predictions.isEmpty()) {
      throw new IOException(file + ": no predictions; " + SHAPE);
    }
    var tolerance = top.path("tolerance").asDouble(TOLERANCE);
    return new GoldenFile(top.path("model_version").asText(""), tolerance, predictions);
  }

  public void write(Path file) throws IOException {
    var top = ServiceClient.JSON.createObjectNode();
    top.put("model_version", modelVersion);
    top.put("tolerance", tolerance);
    var list = top.putArray("predictions");
    for (var golden : predictions) {
      var each = list.addObject();
      each.set("input", golden.input());
      each.set("answer", golden.answer());
    }
    Files.writeString(file, top.toPrettyString() + "\n");
  }

  /// Asks a service for its answers.
  ///
  /// @param rows values by column; those that the model does not take are left out
  /// @throws IOException if it does not answer every row
  public static GoldenFile record(ServiceClient service, List<? extends JsonNode> rows)
      throws IOException {
    var features = features(service);
    var predictions = new ArrayList<Golden>();
    var version = "";
    for (var row : rows) {
      var input = ServiceClient.JSON.createObjectNode();
      features.forEach(name -> input.set(name, row.get(name)));
      var answer = service.predictWithin(input);
      if (answer.status() != 200) {
        throw new IOException(
            "%s answers with status %d to %s: %s"
                .formatted(service.address(), answer.status(), input, answer.excerpt()));
      }
      predictions.add(new Golden(input, answer.json()));
      version = answer.modelVersion();
    }
    return new GoldenFile(version, TOLERANCE, predictions);
  }

  private static List<String> features(ServiceClient service) throws IOException {
    var info = service.get("/model/info");
    if (info.status() != 200) {
      throw new IOException(
          "%s/model/info answers with status %d: %s%s"
              .formatted(
                  service.address(),
                  info.status(),
                  info.excerpt(),
                  service.hasKey() ? "" : "; set API_KEY, or name a file with --key-file"));
    }
    var names = new ArrayList<String>();
    info.json().path("feature_names").forEach(name -> names.add(name.asText()));
    return names;
  }
}
