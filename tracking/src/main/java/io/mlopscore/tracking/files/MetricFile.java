package io.mlopscore.tracking.files;

import io.mlopscore.tracking.Metric;
import io.mlopscore.tracking.RunMetric;
import io.mlopscore.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The points of one metric, a line each: timestamp, value, and since MLflow 1.0 the step.
public record MetricFile(String key, Path file) {
  static List<MetricFile> all(Path folder) {
    return Entries.files(folder).entrySet().stream()
        .map(entry -> new MetricFile(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Reads the points in the order they were logged, some at a time: a history may be long. Those
  /// before a damaged line, such as the last one of a run that was killed, are read too.
  public void read(int most, Consumer<List<Metric>> to) {
    try (var lines = Files.newBufferedReader(file)) {
      var points = new ArrayList<Metric>();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          try {
            points.add(point(line));
          } catch (TrackingException e) {
            to.accept(points);
            throw e;
          }
        }
        if (points.size() == most) {
          to.accept(points);
          points = new ArrayList<>();
        }
      }
      to.accept(points);
    } catch (IOException e) {
      throw MetaFile.unusable(file, e.toString(), e);
    }
  }

  private Metric point(String line) {
    return point(line, line.strip().split(" ", -1), null);
  }

  /// Reads the points of a logged model, which say the run too, and the data set if it is known.
  List<RunMetric> ofModel(String model) {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).map(line -> ofModel(line, model)).toList();
    } catch (IOException | UncheckedIOException e) {
      throw MetaFile.unusable(file, e.toString(), e);
    }
  }

  private RunMetric ofModel(String line, String model) {
    var words = line.strip().split(" ", -1);
    if (words.length < 4) {
      throw MetaFile.unusable(file, "'" + line + "' names no run");
    }
    return new RunMetric(words[3], point(line, words, model));
  }

  private Metric point(String line, String[] words, @Nullable String model) {
    var hasDataset = words.length > 5;
    var last = words.length - 1;
    try {
      return new Metric(
          key,
          value(words[1]),
          Long.parseLong(words[0]),
          words.length > 2 ? Long.parseLong(words[2]) : 0,
          model,
          hasDataset ? String.join(" ", Arrays.asList(words).subList(4, last)) : null,
          hasDataset ? words[last] : null);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw MetaFile.unusable(file, "'" + line + "' is no point of a metric", e);
    }
  }

  /// A number as Python prints it.
  private static double value(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
