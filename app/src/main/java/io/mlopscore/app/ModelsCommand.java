package io.mlopscore.app;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.Tracking;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops models`.
@Command(
    description = "Registers, lists, shows, compares and deletes models, and moves their aliases.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ModelsCommand.ListCommand.class,
      ModelsCommand.ShowCommand.class,
      ModelsCommand.AliasCommand.class,
      ModelsRegisterCommand.class,
      ModelsGateCommand.class,
      ModelsPromoteCommand.class,
      ModelsDiffCommand.class,
      ModelsDeleteCommand.class
    })
final class ModelsCommand extends ListByDefault {
  ModelsCommand() {
    super("list");
  }

  /// `mlops models list`.
  @Command(
      name = "list",
      description = "Lists the registered models.",
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Option(
        names = "--filter",
        paramLabel = "FILTER",
        defaultValue = "",
        description = "As MLflow's search, such as: name LIKE 'Iris%%' AND tags.team = 'red'.")
    private String filter = "";

    @Override
    public Integer call() throws IOException {
      var models = options.with(this::models);
      var table = new TextTable("NAME", "UPDATED", "ALIASES");
      for (RegisteredModel model : models) {
        table.row(model.name(), TrackingOptions.time(model.lastUpdatedTime()), aliases(model));
      }
      options.print(models, table);
      return 0;
    }

    private List<RegisteredModel> models(Tracking tracking) {
      var query = SearchQuery.first(filter, ModelRegistry.MOST_MODELS);
      return SearchPage.all(
          token -> tracking.registry().searchRegisteredModels(query.after(token)));
    }

    private static String aliases(RegisteredModel model) {
      return new TreeMap<>(model.aliases())
          .entrySet().stream()
              .map(alias -> "@" + alias.getKey() + "=" + alias.getValue())
              .collect(Collectors.joining(" "));
    }
  }

  /// `mlops models show`.
  @Command(
      name = "show",
      description = "Lists the versions of a registered model, newest first.",
      mixinStandardHelpOptions = true)
  static final class ShowCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Parameters(paramLabel = "MODEL", description = "The name of the registered model.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      var versions = options.with(tracking -> tracking.registry().versions(name));
      options.print(versions, table(versions));
      return 0;
    }

    private static TextTable table(List<ModelVersion> versions) {
      var table = new TextTable("VERSION", "ALIASES", "STAGE", "CREATED", "RUN", "SOURCE");
      for (var version : versions) {
        table.row(
            Integer.toString(version.version()),
            version.aliases().stream().map(a -> "@" + a).collect(Collectors.joining(" ")),
            version.stage().equals("None") ? "" : version.stage(),
            TrackingOptions.time(version.creationTime()),
            version.run().orElse(""),
            version.source());
      }
      return table;
    }
  }

  /// `mlops models alias`.
  @Command(
      name = "alias",
      description = "Points an alias at a version; a running service follows.",
      mixinStandardHelpOptions = true)
  static final class AliasCommand implements Callable<Integer> {
    @Mixin private TrackingOptions options = new TrackingOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "The registered model.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "Such as champion.")
    private String alias = "";

    @Parameters(index = "2", paramLabel = "VERSION", description = "The version's number.")
    private int version;

    @Override
    public Integer call() throws IOException {
      var moved =
          options.change(
              "models alias",
              Map.of("name", name, "alias", alias, "version", version),
              tracking -> {
                tracking.registry().setAlias(name, alias, version);
                return tracking.registry().version(name, version);
              });
      var said = name + "@" + alias + " is version " + version;
      System.out.println(options.json ? TrackingOptions.json(moved) : said);
      return 0;
    }
  }
}
