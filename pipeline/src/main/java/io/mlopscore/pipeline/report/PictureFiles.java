package io.mlopscore.pipeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.plots.Plot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The pictures of a report as files: drawn ones in SVG, those of stages as they are.
public final class PictureFiles {
  private final Report report;
  private final SequencedMap<Picture, List<String>> names = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public PictureFiles(Report report) {
    this.report = report;
    report.pictures().forEach(this::add);
  }

  private void add(Picture picture) {
    int number = names.size() + 1;
    var own = new ArrayList<String>();
    var base = report.base().name();
    var head = report.head().name();
    switch (picture) {
      case Picture.Matrix matrix ->
          put(own, number, matrix.name() + ".svg", new HeatMap(matrix, base, head).svg());
      case Picture.Curves curves ->
          put(own, number, curves.name() + ".svg", new LineChart(curves, base, head).svg());
      case Picture.Made made -> {
        put(own, number, "base", made.before());
        put(own, number, "head", made.now());
      }
    }
    names.put(picture, own);
  }

  private void put(List<String> own, int number, String name, String svg) {
    put(own, number, name, svg.getBytes(UTF_8));
  }

  private void put(List<String> own, int number, String side, Optional<Plot.Image> image) {
    image.ifPresent(found -> put(own, number, side + "-" + found.file(), found.content()));
  }

  private void put(List<String> own, int number, String name, byte[] content) {
    var file = number + "-" + name.replaceAll("[^A-Za-z0-9._-]+", "_");
    own.add(file);
    files.put(file, content);
  }

  /// What the files of a picture are called.
  List<String> of(Picture picture) {
    return names.getOrDefault(picture, List.of());
  }

  /// Writes them all, and the report beside them.
  ///
  /// @param name of the file of the report
  /// @throws PipelineException when the folder cannot be written into
  public void write(Path folder, String name, String text) {
    try {
      Files.createDirectories(folder);
      for (var file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new PipelineException(
          "the report cannot be written into '%s' (%s); name another folder with --output"
              .formatted(folder, e),
          e);
    }
  }
}
