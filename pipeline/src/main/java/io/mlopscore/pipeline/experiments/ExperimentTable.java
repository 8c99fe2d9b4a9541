package io.mlopscore.pipeline.experiments;

import static java.util.stream.Collectors.toCollection;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.compare.FileValues;
import io.mlopscore.pipeline.experiments.ExperimentState.Data;
import io.mlopscore.pipeline.experiments.ExperimentState.Executor;
import io.mlopscore.pipeline.experiments.ExperimentState.Recorded;
import io.mlopscore.pipeline.yaml.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The states of experiments as a table: a row for each, a column for each value.
public final class ExperimentTable {
  /// @param raw for programs: absent values are empty, times are whole, no tree is drawn
  /// @param digits significant ones of floats; empty for all
  /// @param sortBy a metric or parameter by which the experiments of a commit are sorted
  /// @param drop patterns of columns to leave out
  /// @param keep patterns of columns to show in any case
  /// @param onlyChanged leaves out columns that are the same in all rows
  public record Options(
      boolean raw,
      OptionalInt digits,
      Optional<String> sortBy,
      boolean descending,
      List<String> drop,
      List<String> keep,
      boolean onlyChanged,
      ZoneId zone,
      LocalDate today) {
    public Options {
      drop = List.copyOf(drop);
      keep = List.copyOf(keep);
    }

    String fill() {
      return raw ? "" : "-";
    }
  }

  private record Column(String header, Function<Data, String> cell) {}

  private static final List<String> FIXED =
      List.of("Experiment", "rev", "typ", "Created", "parent", "State", "Executor");
  private static final int STATE = FIXED.indexOf("State");
  private static final int SHORT = 7;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("hh:mm a", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM dd, yyyy", Locale.ENGLISH);

  private final Options options;
  private final List<NamedValue> named;
  private final VariantOrder order;
  private final List<Column> columns;
  private final List<Map<String, String>> rows = new ArrayList<>();

  private ExperimentTable(List<ExperimentState> states, Options options) {
    this.options = options;
    this.named = NamedValue.of(states);
    this.order = new VariantOrder(named, options.sortBy(), options.descending());
    this.columns = columns(states);
    states.forEach(this::add);
  }

  /// The rows, the first of which are the headers: those that all tables have where no row is.
  ///
  /// @throws PipelineException when the column to sort by is unknown or not the only one
  public static List<List<String>> of(List<ExperimentState> states, Options options) {
    return new ExperimentTable(states, options).table();
  }

  private List<Column> columns(List<ExperimentState> states) {
    var uses = new HashMap<String, Integer>();
    FIXED.forEach(header -> uses.merge(header, 1, Integer::sum));
    named.forEach(value -> uses.merge(value.name(), 1, Integer::sum));
    var columns = new ArrayList<Column>();
    for (var value : named) {
      boolean single = uses.getOrDefault(value.name(), 0) == 1;
      var header = single ? value.name() : value.inFile();
      columns.add(new Column(header, data -> cell(value, data)));
    }
    var dependencies =
        states.stream()
            .flatMap(ExperimentState::withExperiments)
            .flatMap(state -> state.data().stream())
            .flatMap(data -> data.dependencies().keySet().stream())
            .collect(toCollection(TreeSet::new));
    for (var name : dependencies) {
      columns.add(new Column(name, data -> hash(name, data)));
    }
    return columns;
  }

  private String cell(NamedValue value, Data data) {
    var unread = value.file(data).filter(file -> !(file instanceof FileValues.Read));
    return value
        .value(data)
        .filter(found -> !(found instanceof Value.Null))
        .map(found -> CellText.of(found, options.digits()))
        .orElse(unread.isPresent() ? "!" : options.fill());
  }

  private String hash(String name, Data data) {
    return Optional.ofNullable(data.dependencies().get(name))
        .flatMap(content -> content.recorded())
        .map(Recorded::hash)
        .orElse(options.fill());
  }

  private void add(ExperimentState state) {
    boolean commit = state.revision().matches("[0-9a-f]{40}");
    var shown = commit ? state.revision().substring(0, SHORT) : state.revision();
    row("", state.name().orElse(shown), "baseline", state, Optional.empty());
    var variants = order.of(state.experiments());
    for (int i = 0; i < variants.size(); i++) {
      var variant = variants.get(i);
      var type = i == variants.size() - 1 ? "branch_base" : "branch_commit";
      var experiment = variant.experiment();
      var revision = experiment.revision().substring(0, SHORT);
      row(experiment.name().orElse(""), revision, type, experiment, variant.executor());
    }
  }

  private void row(
      String name,
      String revision,
      String type,
      ExperimentState state,
      Optional<Executor> executor) {
    var row = new LinkedHashMap<String, String>();
    if (options.raw()) {
      row.put("Experiment", name);
      row.put("rev", revision);
      row.put("typ", type);
    } else {
      var label = name.isEmpty() ? revision : "%s [%s]".formatted(revision, name);
      row.put("Experiment", tree(type) + label);
    }
    row.put("Created", state.data().flatMap(Data::time).map(this::time).orElse(options.fill()));
    if (options.raw()) {
      row.put("parent", "");
    }
    row.put(
        "State",
        executor.map(Executor::state).map(ExperimentTable::capital).orElse(options.fill()));
    row.put(
        "Executor",
        executor.flatMap(Executor::name).map(ExperimentTable::capital).orElse(options.fill()));
    for (var column : columns) {
      row.put(column.header(), state.data().map(column.cell()).orElse(options.fill()));
    }
    rows.add(row);
  }

  private static String tree(String type) {
    return switch (type) {
      case "branch_commit" -> "├── ";
      case "branch_base" -> "└── ";
      default -> "";
    };
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private String time(long seconds) {
    if (options.raw()) {
      return ExperimentJson.time(seconds, options.zone());
    }
    var local = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), options.zone());
    return local.format(local.toLocalDate().equals(options.today()) ? CLOCK : DAY);
  }

  private List<List<String>> table() {
    var headers =
        new ArrayList<>(rows.isEmpty() ? FIXED.subList(0, STATE) : rows.getFirst().keySet());
    headers.removeIf(header -> !isKept(header) && isLeftOut(header));
    var table = new ArrayList<List<String>>();
    table.add(headers);
    for (var row : rows) {
      table.add(headers.stream().map(header -> row.getOrDefault(header, "")).toList());
    }
    return table;
  }

  private boolean isKept(String header) {
    return matches(options.keep(), header);
  }

  private boolean isLeftOut(String header) {
    var values = rows.stream().map(row -> row.getOrDefault(header, "")).distinct().toList();
    boolean state = header.equals("State") || header.equals("Executor");
    return (state && values.equals(List.of(options.fill())))
        || (options.onlyChanged() && values.size() == 1)
        || matches(options.drop(), header);
  }

  private static boolean matches(List<String> patterns, String header) {
    return !patterns.isEmpty()
        && Pattern.compile(String.join("|", patterns)).matcher(header).lookingAt();
  }
}
