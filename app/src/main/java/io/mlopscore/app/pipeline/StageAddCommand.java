package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.MissingData;
import io.mlopscore.pipeline.NewStage;
import io.mlopscore.pipeline.Output.Kind;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.ReproOptions;
import io.mlopscore.pipeline.ReproOptions.Flag;
import io.mlopscore.pipeline.StageEditor;
import io.mlopscore.pipeline.StageResult.Outcome;
import io.mlopscore.pipeline.StageSelection;
import io.mlopscore.pipeline.StageSelection.Scope;
import io.mlopscore.pipeline.executor.LocalExecutor;
import io.mlopscore.pipeline.remote.RemoteUrls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops stage add`: as `dvc stage add`.
@Command(
    name = "add",
    description = "Writes a stage into the dvc.yaml here.",
    mixinStandardHelpOptions = true)
public final class StageAddCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--name"},
      required = true,
      paramLabel = "NAME",
      description = "Name of the stage: no punctuation but '-' and '_'.")
  private String name = "";

  @Option(
      names = {"-f", "--force"},
      description = "Replace a stage of this name.")
  private boolean force;

  @Option(
      names = {"-d", "--deps"},
      paramLabel = "PATH",
      description = "What it reads.")
  private List<String> dependencies = new ArrayList<>();

  @Option(
      names = {"-p", "--params"},
      paramLabel = "[FILE:]KEY,...",
      description = "Parameters it reads, of params.yaml or FILE; 'FILE:' for all of them.")
  private List<String> params = new ArrayList<>();

  @Option(
      names = {"-o", "--outs"},
      paramLabel = "PATH",
      description = "What it writes; the content goes to the cache.")
  private List<String> outs = new ArrayList<>();

  @Option(
      names = {"-O", "--outs-no-cache"},
      paramLabel = "PATH",
      description = "What it writes and git keeps.")
  private List<String> outsNoCache = new ArrayList<>();

  @Option(
      names = "--outs-persist",
      paramLabel = "PATH",
      description = "As --outs, but not removed before a run.")
  private List<String> outsPersist = new ArrayList<>();

  @Option(
      names = "--outs-persist-no-cache",
      paramLabel = "PATH",
      description = "As --outs-no-cache, but not removed before a run.")
  private List<String> outsPersistNoCache = new ArrayList<>();

  @Option(
      names = {"-m", "--metrics"},
      paramLabel = "PATH",
      description = "A file of metrics it writes.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = {"-M", "--metrics-no-cache"},
      paramLabel = "PATH",
      description = "A file of metrics it writes and git keeps.")
  private List<String> metricsNoCache = new ArrayList<>();

  @Option(names = "--plots", paramLabel = "PATH", description = "A file to plot it writes.")
  private List<String> plots = new ArrayList<>();

  @Option(
      names = "--plots-no-cache",
      paramLabel = "PATH",
      description = "A file to plot it writes and git keeps.")
  private List<String> plotsNoCache = new ArrayList<>();

  @Option(
      names = {"-w", "--wdir"},
      paramLabel = "PATH",
      description = "Where its command runs and its paths start.")
  private @Nullable Path wdir;

  @Option(names = "--always-changed", description = "Run it at every repro.")
  private boolean alwaysChanged;

  @Option(names = "--desc", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String description;

  @Option(names = "--run", description = "Run it at once.")
  private boolean run;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only errors.")
  private boolean quiet;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      preprocessor = Remainder.class,
      description = "What it runs, behind all options.")
  private List<String> command = new ArrayList<>();

  /// Takes all words from the first that is no option, options of the command among them.
  static final class Remainder implements IParameterPreprocessor {
    @Override
    @SuppressWarnings("JdkObsolete") // The type that picocli hands over.
    public boolean preprocess(
        Stack<String> args,
        CommandSpec commandSpec,
        ArgSpec argSpec,
        java.util.Map<String, Object> info) {
      var words = new ArrayList<String>();
      while (!args.isEmpty()) {
        words.add(args.pop());
      }
      argSpec.setValue(words);
      return true;
    }
  }

  @Override
  public Integer call() throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    var stage =
        new NewStage(
            name,
            line(command),
            Optional.ofNullable(wdir),
            dependencies,
            params,
            outputs(),
            alwaysChanged,
            Optional.ofNullable(description));
    var written = new StageEditor(pipeline, Path.of("")).add(stage, force);
    if (!quiet) {
      System.out.println("Added stage '%s' in 'dvc.yaml'".formatted(name));
    }
    boolean tells = !quiet || pipeline.repository().config().core().autostage();
    if (run) {
      run(written, tells);
    } else if (tells) {
      GitHint.print(pipeline, written);
    }
    return 0;
  }

  /// @param written what git should get beside what the run writes
  private void run(Collection<Path> written, boolean tells) throws IOException {
    var pipeline = Pipeline.open(Path.of(""), new RemoteUrls());
    var selection = new StageSelection(List.of(name), Scope.SINGLE, false, false);
    var options = ReproOptions.DEFAULT.select(selection).with(Flag.UNASKED);
    var progress = ReproProgress.within(pipeline, options, System.out);
    written.forEach(progress::changed);
    var executor = new LocalExecutor(System.getenv());
    Interrupts.leaveToCommands(executor::hearsTerminal);
    for (var result : pipeline.reproduce(options, progress, MissingData.NONE, executor)) {
      if (result.outcome() instanceof Outcome.Failed(var message)) {
        throw new PipelineException(message);
      }
    }
    if (tells) {
      progress.tellTracked();
    }
  }

  private List<NewStage.Out> outputs() {
    var all = new ArrayList<NewStage.Out>();
    outsPersist.forEach(path -> all.add(new NewStage.Out(path, Kind.OUT, true, true)));
    outsPersistNoCache.forEach(path -> all.add(new NewStage.Out(path, Kind.OUT, false, true)));
    metrics.forEach(path -> all.add(new NewStage.Out(path, Kind.METRIC, true, false)));
    metricsNoCache.forEach(path -> all.add(new NewStage.Out(path, Kind.METRIC, false, false)));
    plots.forEach(path -> all.add(new NewStage.Out(path, Kind.PLOT, true, false)));
    plotsNoCache.forEach(path -> all.add(new NewStage.Out(path, Kind.PLOT, false, false)));
    outsNoCache.forEach(path -> all.add(new NewStage.Out(path, Kind.OUT, false, false)));
    outs.forEach(path -> all.add(new NewStage.Out(path, Kind.OUT, true, false)));
    return all;
  }

  /// Words as one line for a shell, those with blanks in quotes as with dvc; one word alone is
  /// taken as it is.
  static String line(List<String> words) {
    return words.size() == 1
        ? words.getFirst()
        : String.join(" ", words.stream().map(StageAddCommand::quoted).toList());
  }

  private static String quoted(String word) {
    if (word.isEmpty()) {
      return "\"\"";
    }
    return word.contains(" ") && !word.contains("\"") ? "\"" + word + "\"" : word;
  }
}
