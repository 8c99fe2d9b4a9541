package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.plots.PlotModification;
import io.mlopscore.pipeline.plots.Plots;
import io.mlopscore.pipeline.plots.Template;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops plots`: as `dvc plots`. The page opens without a network.
@Command(
    description = "Draws what stages wrote, and compares it between revisions.",
    mixinStandardHelpOptions = true,
    subcommands = {
      PlotsCommand.Show.class,
      PlotsCommand.Diff.class,
      PlotsCommand.Modify.class,
      PlotsCommand.Templates.class
    })
public final class PlotsCommand {
  /// `mlops plots show`.
  @Command(
      name = "show",
      description = "Draws plots of the workspace.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "TARGET", description = "Names of plots, or files (all plots).")
    private List<String> targets = List.of();

    @Mixin private final PlotOptions options = new PlotOptions();

    @Override
    public Integer call() throws IOException {
      return options.run(Pipeline.open(Path.of("")), targets, List.of(Plots.WORKSPACE));
    }
  }

  /// `mlops plots diff`.
  @Command(
      name = "diff",
      description = "Draws plots of several revisions into one another.",
      mixinStandardHelpOptions = true)
  static final class Diff implements Callable<Integer> {
    @Parameters(
        paramLabel = "REVISION",
        description = "Revisions (HEAD and the workspace; with one, also the workspace).")
    private List<String> revisions = List.of();

    @Option(
        names = "--targets",
        arity = "0..*",
        paramLabel = "TARGET",
        description = "Names of plots, or files (all plots).")
    private List<String> targets = List.of();

    @Mixin private final PlotOptions options = new PlotOptions();

    @Override
    public Integer call() throws IOException {
      var pipeline = Pipeline.open(Path.of(""));
      return options.run(pipeline, targets, Plots.compared(pipeline, revisions));
    }
  }

  /// `mlops plots modify`.
  @Command(
      name = "modify",
      description = "Changes how the output of a stage is drawn, in its dvc.yaml.",
      mixinStandardHelpOptions = true)
  static final class Modify implements Callable<Integer> {
    @Parameters(paramLabel = "TARGET", description = "What a stage writes.")
    private String target = "";

    @Mixin private final PlotOptions.PlotProperties properties = new PlotOptions.PlotProperties();

    @Option(
        names = "--unset",
        arity = "0..*",
        paramLabel = "PROPERTY",
        description = "Properties to remove: template, x, y, header, title, x_label, y_label.")
    private List<String> unset = List.of();

    @Override
    public Integer call() throws IOException {
      new PlotModification(properties.given(), unset).apply(Pipeline.open(Path.of("")), target);
      return 0;
    }
  }

  /// `mlops plots templates`.
  @Command(
      name = "templates",
      description = "Lists the templates, or prints one.",
      mixinStandardHelpOptions = true)
  static final class Templates implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The one to print.")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException {
      if (name == null) {
        Template.NAMES.forEach(System.out::println);
      } else {
        System.out.println(JsonText.of(Template.builtIn(name).content()));
      }
      return 0;
    }
  }
}
