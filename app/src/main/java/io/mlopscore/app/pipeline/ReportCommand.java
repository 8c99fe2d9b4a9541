package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.gates.Gates;
import io.mlopscore.pipeline.plots.Plots;
import io.mlopscore.pipeline.report.Comparison;
import io.mlopscore.pipeline.report.JsonReport;
import io.mlopscore.pipeline.report.MarkdownReport;
import io.mlopscore.pipeline.report.PictureFiles;
import io.mlopscore.pipeline.report.PictureSection.Links;
import io.mlopscore.pipeline.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mlops report`: what a change does to the model, for a pull request.
@Command(
    description = {
      "Reports how metrics, parameters, data and pictures differ between two revisions, and "
          + "whether the gates of mlops.yaml let the change through.",
      "Exit codes: 0 every gate passed, 1 a gate failed, 254 wrong usage, 255 another failure."
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  private static final int GATE_FAILED = 1;

  /// How a report is written down.
  enum Format {
    GITHUB_MD("github-md", "report.md"),
    JSON("json", "report.json");

    private final String word;
    private final String file;

    Format(String word, String file) {
      this.word = word;
      this.file = file;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @Option(
      names = "--base",
      required = true,
      paramLabel = "REVISION",
      description = "What to compare with, such as origin/main.")
  private String base = "";

  @Option(
      names = "--head",
      paramLabel = "REVISION",
      defaultValue = Plots.WORKSPACE,
      description = "What to look at (${DEFAULT-VALUE}).")
  private String head = Plots.WORKSPACE;

  @Option(
      names = "--format",
      defaultValue = "github-md",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Format format = Format.GITHUB_MD;

  @Option(
      names = "--gate",
      paramLabel = "GATE",
      description = "Another gate, such as accuracy:min=0.9,max_drop=0.01.")
  private List<String> gates = List.of();

  @Option(names = "--report-only", description = "Exit with 0 even if a gate fails.")
  private boolean reportOnly;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "Where pictures, and a copy of the report, go.")
  private @Nullable String output;

  @Option(
      names = "--image-base-url",
      paramLabel = "URL",
      description = "Where readers find the pictures; without it, tables and diagrams are shown.")
  private @Nullable String images;

  @Option(
      names = "--files-url",
      paramLabel = "URL",
      description = "A page with the files of --output, to be linked.")
  private @Nullable String files;

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""));
    var report =
        new Comparison(pipeline, base, head, gates.stream().map(Gates::parse).toList()).report();
    var pictures = new PictureFiles(report);
    var text = text(report, pictures);
    System.out.print(text);
    if (output != null) {
      pictures.write(pipeline.resolve(output), format.file, text);
    }
    return report.passed() || reportOnly ? 0 : GATE_FAILED;
  }

  private String text(Report report, PictureFiles pictures) {
    var links = new Links(Optional.ofNullable(images), Optional.ofNullable(files));
    return switch (format) {
      case GITHUB_MD -> new MarkdownReport(report, pictures, links).text();
      case JSON -> new JsonReport(report, pictures).text();
    };
  }
}
