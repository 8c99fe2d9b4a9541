package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.ParamsText;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.plots.Plots.Problem;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads what plots draw. A revision of which something cannot be read is left out, and told of.
final class PlotReading {
  private final Mapping properties;
  private final List<Problem> problems = new ArrayList<>();

  /// @param properties go before those of the definitions
  PlotReading(Mapping properties) {
    this.properties = properties;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// The definitions of a revision cannot be read.
  void unreadable(String revision, String message) {
    problems.add(new Problem("", revision, Optional.of(""), "YAMLSyntaxError", message));
  }

  Plot.Images images(String name, List<PlotVersion> versions) throws IOException {
    var images = new ArrayList<Plot.Image>();
    for (var version : versions) {
      for (var file : version.definition().sources()) {
        var content = content(name, version, file);
        content.ifPresent(bytes -> images.add(new Plot.Image(version.revision(), file, bytes)));
      }
    }
    return new Plot.Images(name, images);
  }

  /// What one plot draws.
  ///
  /// @param joined its properties, of all revisions together
  /// @param results of the revisions that have data
  record Collected(String name, Mapping joined, SequencedMap<String, DataPoints.Result> results) {
    String title() {
      return joined.get("title").map(YamlReader::text).orElse(name);
    }

    String template() {
      return joined.get("template").map(YamlReader::text).orElse(Template.usual());
    }
  }

  Collected collected(String name, List<PlotVersion> versions) throws IOException {
    var joined = PlotDefinition.joined(versions.stream().map(PlotVersion::definition).toList());
    var results = new LinkedHashMap<String, DataPoints.Result>();
    for (var version : versions) {
      points(name, version, joined)
          .filter(points -> !points.rows().isEmpty())
          .ifPresent(points -> results.put(version.revision(), points));
    }
    return new Collected(name, joined, results);
  }

  private Optional<DataPoints.Result> points(String name, PlotVersion version, Mapping joined)
      throws IOException {
    var sources = new LinkedHashMap<String, Value>();
    for (var file : version.definition().sources()) {
      source(name, version, file).ifPresent(value -> sources.put(file, value));
    }
    try {
      return Optional.of(
          new DataPoints(version.definition(), joined, sources).at(version.revision()));
    } catch (DataPoints.FieldException e) {
      problem(name, version, Optional.empty(), "FieldNotFoundError", e);
      return Optional.empty();
    }
  }

  private Optional<Value> source(String name, PlotVersion version, String file) throws IOException {
    var content = content(name, version, file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PlotSource.read(file, content.get(), version.hasHeader(file, properties)));
    } catch (PipelineException e) {
      problem(name, version, Optional.of(file), "PlotMetricTypeError", e);
      return Optional.empty();
    } catch (YamlException e) {
      var type = ParamsText.format(file) + "FileCorruptedError";
      problem(name, version, Optional.of(file), type, e);
      return Optional.empty();
    }
  }

  private Optional<byte[]> content(String name, PlotVersion version, String file)
      throws IOException {
    try {
      return Optional.of(version.content(file));
    } catch (NoSuchFileException | PipelineException e) {
      problem(name, version, Optional.of(file), "FileNotFoundError", e);
      return Optional.empty();
    }
  }

  private void problem(
      String name, PlotVersion version, Optional<String> file, String type, Exception failure) {
    var message = String.valueOf(failure.getMessage());
    problems.add(new Problem(name, version.revision(), file, type, message));
  }
}
