package io.mlopscore.app;

import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.ViewType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mlops experiments search`.
@Command(
    name = "search",
    description = "Finds experiments, deleted ones too.",
    mixinStandardHelpOptions = true)
final class ExperimentsSearchCommand implements Callable<Integer> {
  private static final int AT_ONCE = 1000;

  @Mixin private TrackingOptions options = new TrackingOptions();

  @Option(
      names = {"-v", "--view"},
      description = "active_only, deleted_only or all (active_only).")
  private @Nullable String view;

  @Option(names = "--filter", description = "As in MLflow, such as \"name LIKE 'iris%%'\".")
  private String filter = "";

  @Option(names = "--order-by", description = "Such as \"name ASC\"; may be repeated.")
  private List<String> orderBy = List.of();

  @Override
  public Integer call() throws IOException {
    var wanted = view(view);
    var query = new SearchQuery(filter, orderBy, AT_ONCE, "");
    var found =
        options.with(
            tracking ->
                SearchPage.all(
                    token -> tracking.store().searchExperiments(wanted, query.after(token))));
    var table = new TextTable("ID", "NAME", "STAGE", "CREATED", "ARTIFACTS");
    for (var each : found) {
      table.row(
          each.id(),
          each.name(),
          each.lifecycleStage().name().toLowerCase(Locale.ROOT),
          TrackingOptions.time(each.creationTime()),
          each.artifactLocation());
    }
    options.print(found, table);
    return 0;
  }

  private static ViewType view(@Nullable String word) throws IOException {
    try {
      return word == null
          ? ViewType.ACTIVE_ONLY
          : ViewType.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IOException("--view '" + word + "' must be active_only, deleted_only or all", e);
    }
  }
}
