package io.mlopscore.app;

import static java.util.stream.Collectors.joining;

import io.mlopscore.app.pipeline.AddCommand;
import io.mlopscore.app.pipeline.ArtifactsCommand;
import io.mlopscore.app.pipeline.CacheCommand;
import io.mlopscore.app.pipeline.CheckIgnoreCommand;
import io.mlopscore.app.pipeline.CheckoutCommand;
import io.mlopscore.app.pipeline.CommitCommand;
import io.mlopscore.app.pipeline.ConfigCommand;
import io.mlopscore.app.pipeline.DagCommand;
import io.mlopscore.app.pipeline.DestroyCommand;
import io.mlopscore.app.pipeline.DiffCommand;
import io.mlopscore.app.pipeline.DoctorCommand;
import io.mlopscore.app.pipeline.ExpCommand;
import io.mlopscore.app.pipeline.ExportCommand;
import io.mlopscore.app.pipeline.FetchCommand;
import io.mlopscore.app.pipeline.FreezeCommand;
import io.mlopscore.app.pipeline.FsckCommand;
import io.mlopscore.app.pipeline.GcCommand;
import io.mlopscore.app.pipeline.GetCommand;
import io.mlopscore.app.pipeline.GetUrlCommand;
import io.mlopscore.app.pipeline.GitHookCommand;
import io.mlopscore.app.pipeline.ImportCommand;
import io.mlopscore.app.pipeline.ImportUrlCommand;
import io.mlopscore.app.pipeline.InstallCommand;
import io.mlopscore.app.pipeline.LineageCommand;
import io.mlopscore.app.pipeline.ListCommand;
import io.mlopscore.app.pipeline.ListUrlCommand;
import io.mlopscore.app.pipeline.MetricsCommand;
import io.mlopscore.app.pipeline.MoveCommand;
import io.mlopscore.app.pipeline.ParamsCommand;
import io.mlopscore.app.pipeline.PlotsCommand;
import io.mlopscore.app.pipeline.PullCommand;
import io.mlopscore.app.pipeline.PushCommand;
import io.mlopscore.app.pipeline.QueueCommand;
import io.mlopscore.app.pipeline.RemoteCommand;
import io.mlopscore.app.pipeline.RemoveCommand;
import io.mlopscore.app.pipeline.ReportCommand;
import io.mlopscore.app.pipeline.ReproCommand;
import io.mlopscore.app.pipeline.RootCommand;
import io.mlopscore.app.pipeline.StageCommand;
import io.mlopscore.app.pipeline.StatusCommand;
import io.mlopscore.app.pipeline.UnfreezeCommand;
import io.mlopscore.app.pipeline.UnprotectCommand;
import io.mlopscore.app.pipeline.UpdateCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every command but `help` and `version`, in the order of the menu.
final class Verbs {
  static final String PIPELINE = "data and pipeline";

  static final List<Verb> ALL =
      List.of(
          new Verb("start", "init", "make this folder a project", InitCommand::new),
          new Verb("start", "up", "from the data to a served model, all at once", UpCommand::new),
          new Verb(PIPELINE, "add", "track files or directories", AddCommand::new),
          new Verb(PIPELINE, "stage", "write stages, list them", StageCommand::new),
          new Verb(PIPELINE, "remove", "take out stages or data", RemoveCommand::new),
          new Verb(PIPELINE, "move", "rename data", MoveCommand::new),
          new Verb(PIPELINE, "repro", "run the stages that changed", ReproCommand::new),
          new Verb(PIPELINE, "status", "show what changed", StatusCommand::new),
          new Verb(PIPELINE, "commit", "record what is in the workspace", CommitCommand::new),
          new Verb(PIPELINE, "freeze", "keep stages from running", FreezeCommand::new),
          new Verb(PIPELINE, "unfreeze", "let frozen stages run again", UnfreezeCommand::new),
          new Verb(PIPELINE, "exp", "run, list and share experiments", ExpCommand::new),
          new Verb(PIPELINE, "queue", "run queued experiments", QueueCommand::new),
          new Verb(PIPELINE, "dag", "show the stages as a graph", DagCommand::new),
          new Verb(PIPELINE, "diff", "what data differs from before", DiffCommand::new),
          new Verb(PIPELINE, "metrics", "show and compare metrics", MetricsCommand::new),
          new Verb(PIPELINE, "params", "compare parameters", ParamsCommand::new),
          new Verb(PIPELINE, "plots", "draw and compare what stages wrote", PlotsCommand::new),
          new Verb(PIPELINE, "report", "what a change does to the model", ReportCommand::new),
          new Verb(PIPELINE, "export", "the stages as a workflow of Argo", ExportCommand::new),
          new Verb(PIPELINE, "lineage", "what came from what, as OpenLineage", LineageCommand::new),
          new Verb(PIPELINE, "checkout", "data from the cache", CheckoutCommand::new),
          new Verb(PIPELINE, "unprotect", "make linked data writable", UnprotectCommand::new),
          new Verb(PIPELINE, "push", "data to a remote", PushCommand::new),
          new Verb(PIPELINE, "pull", "data from a remote", PullCommand::new),
          new Verb(PIPELINE, "fetch", "remote data to the cache", FetchCommand::new),
          new Verb(PIPELINE, "remote", "places that keep data for others", RemoteCommand::new),
          new Verb(PIPELINE, "config", "read and change settings", ConfigCommand::new),
          new Verb(PIPELINE, "cache", "where the cache is", CacheCommand::new),
          new Verb(PIPELINE, "check-ignore", "what .dvcignore leaves out", CheckIgnoreCommand::new),
          new Verb(PIPELINE, "root", "the way to the root", RootCommand::new),
          new Verb(PIPELINE, "ls", "what a repository has", ListCommand::new),
          new Verb(PIPELINE, "get", "copy from a repository", GetCommand::new),
          new Verb(PIPELINE, "import", "track data of a repository", ImportCommand::new),
          new Verb(PIPELINE, "artifacts", "get what was released", ArtifactsCommand::new),
          new Verb(PIPELINE, "import-url", "track data from a URL", ImportUrlCommand::new),
          new Verb(PIPELINE, "update", "get imported data again", UpdateCommand::new),
          new Verb(PIPELINE, "get-url", "copy files from a URL", GetUrlCommand::new),
          new Verb(PIPELINE, "ls-url", "list what lies behind a URL", ListUrlCommand::new),
          new Verb(PIPELINE, "gc", "remove objects that nothing uses", GcCommand::new),
          new Verb(PIPELINE, "fsck", "check the objects of the cache", FsckCommand::new),
          new Verb(PIPELINE, "install", "make git look after data", InstallCommand::new),
          new Verb(PIPELINE, "git-hook", "what git runs", GitHookCommand::new),
          new Verb(PIPELINE, "doctor", "look for trouble", () -> new DoctorCommand(Version.line())),
          new Verb(PIPELINE, "destroy", "stop keeping versions here", DestroyCommand::new),
          new Verb(
              "model work", "data", "split a table, or show how data differs", DataCommand::new),
          new Verb("model work", "train", "train a classifier as a tracked run", TrainCommand::new),
          new Verb("model work", "evaluate", "evaluate a trained classifier", EvaluateCommand::new),
          new Verb(
              "tracking and registry",
              "server",
              "serve the tracking API and the console",
              ServerCommand::of),
          new Verb(
              "tracking and registry", "experiments", "list experiments", ExperimentsCommand::new),
          new Verb("tracking and registry", "runs", "list and show runs", RunsCommand::new),
          new Verb(
              "tracking and registry",
              "models",
              "register, judge and show models, move aliases",
              ModelsCommand::new),
          new Verb("serving", "serve", "serve the model over HTTP", ServeCommand::new),
          new Verb("serving", "health", "ask a service whether it is well", HealthCommand::new),
          new Verb("serving", "smoke", "look at a service just deployed", SmokeCommand::new),
          new Verb(
              "monitoring", "monitor", "rules and numbers for Prometheus", MonitorCommand::new));

  /// `dvc` has two names for these.
  private static final Map<String, String> OTHER_NAMES = Map.of("list", "ls", "list-url", "ls-url");

  private Verbs() {}

  static Optional<Verb> find(String name) {
    var usual = OTHER_NAMES.getOrDefault(name, name);
    return ALL.stream().filter(verb -> verb.name().equals(usual)).findFirst();
  }

  static String menu() {
    var groups = ALL.stream().map(Verb::group).distinct();
    return "usage: mlops <command> [options]    mlops <command> --help    mlops version\n"
        + groups.map(Verbs::section).collect(joining());
  }

  private static String section(String group) {
    return ALL.stream()
        .filter(verb -> verb.group().equals(group))
        .map(verb -> "  %-13s %s%n".formatted(verb.name(), verb.summary()))
        .collect(joining("", "\n" + group + "\n", ""));
  }
}
