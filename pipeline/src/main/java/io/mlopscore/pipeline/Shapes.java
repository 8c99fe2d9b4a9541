package io.mlopscore.pipeline;

import static io.mlopscore.pipeline.Shape.ANYTHING;
import static io.mlopscore.pipeline.Shape.BOOL;
import static io.mlopscore.pipeline.Shape.LIST;
import static io.mlopscore.pipeline.Shape.MAPPING;
import static io.mlopscore.pipeline.Shape.NULL;
import static io.mlopscore.pipeline.Shape.TEXT;
import static io.mlopscore.pipeline.Shape.either;
import static io.mlopscore.pipeline.Shape.keys;
import static io.mlopscore.pipeline.Shape.listOf;
import static io.mlopscore.pipeline.Shape.namesTo;
import static io.mlopscore.pipeline.Shape.type;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.HashMap;
import java.util.Map;

/// The keys and types of `dvc.yaml`, `dvc.lock` and `*.dvc`, as DVC 3 takes them.
final class Shapes {
  private static final Map<String, Shape> ANNOTATIONS =
      Map.of("desc", TEXT, "type", TEXT, "labels", listOf(TEXT), "meta", ANYTHING);

  private static final Map<String, Shape> FLAGS =
      with(
          ANNOTATIONS,
          Map.of("cache", BOOL, "persist", BOOL, "checkpoint", BOOL, "remote", TEXT, "push", BOOL));

  private static final Map<String, Shape> PLOT_FLAGS =
      with(
          FLAGS,
          Map.of(
              "template",
              TEXT,
              "x",
              TEXT,
              "y",
              TEXT,
              "x_label",
              TEXT,
              "y_label",
              TEXT,
              "title",
              TEXT,
              "header",
              BOOL));

  private static final Shape OUTPUT = either(TEXT, namesTo(keys(FLAGS)));
  private static final Shape PLOT = either(TEXT, namesTo(keys(PLOT_FLAGS)));

  private static final Map<String, Shape> STAGE_KEYS =
      with(
          Map.of(
              "matrix", namesTo(either(TEXT, LIST)),
              "cmd", either(TEXT, LIST),
              "wdir", TEXT,
              "deps", listOf(TEXT),
              "params", listOf(either(TEXT, MAPPING)),
              "vars", listOf(either(TEXT, MAPPING))),
          Map.of(
              "frozen", BOOL,
              "meta", ANYTHING,
              "desc", TEXT,
              "always_changed", BOOL,
              "outs", listOf(OUTPUT),
              "metrics", listOf(OUTPUT),
              "plots", listOf(PLOT)));

  private static final Shape SINGLE = keys(STAGE_KEYS, "cmd");

  private static final Shape GROUP =
      keys(
          Map.of("foreach", type("a list, a mapping or a template", Shapes::repeats), "do", SINGLE),
          "foreach",
          "do");

  private static final Shape STAGE =
      (value, path) ->
          value instanceof Mapping mapping
                  && (mapping.get("foreach").isPresent() || mapping.get("do").isPresent())
              ? GROUP.problem(value, path)
              : SINGLE.problem(value, path);

  private static final Shape TOP_PLOT =
      keys(
          Map.of(
              "x", either(TEXT, namesTo(TEXT)),
              "y", either(either(TEXT, listOf(TEXT)), namesTo(either(TEXT, listOf(TEXT)))),
              "x_label", TEXT,
              "y_label", TEXT,
              "title", TEXT,
              "template", TEXT));

  private static final Shape ARTIFACT = keys(with(ANNOTATIONS, Map.of("path", TEXT)), "path");

  /// A `dvc.yaml`.
  static final Shape PIPELINE =
      keys(
          Map.of(
              "stages", namesTo(STAGE),
              "vars", listOf(either(TEXT, MAPPING)),
              "params", listOf(TEXT),
              "metrics", listOf(TEXT),
              "plots", listOf(either(TEXT, namesTo(either(TOP_PLOT, NULL)))),
              "artifacts", namesTo(ARTIFACT),
              "datasets", ANYTHING));

  /// The content of a file or directory; numbers where text is meant are taken as text.
  private static final Map<String, Shape> CONTENT =
      with(
          Map.of(
              "md5", ANYTHING,
              "etag", ANYTHING,
              "checksum", ANYTHING,
              "size", ANYTHING,
              "nfiles", ANYTHING,
              "isexec", BOOL,
              "version_id", ANYTHING,
              "remote", ANYTHING),
          Map.of("path", TEXT, "cloud", MAPPING, "files", LIST, "hash", TEXT));

  private static final Shape DATA_DEPENDENCY =
      keys(
          with(
              with(CONTENT, ANNOTATIONS),
              Map.of("repo", MAPPING, "db", MAPPING, "fs_config", MAPPING)));

  private static final Shape DATA_OUTPUT =
      keys(
          with(
              with(with(CONTENT, ANNOTATIONS), PLOT_FLAGS),
              Map.of("metric", ANYTHING, "plot", ANYTHING, "fs_config", MAPPING)),
          "path");

  /// A `*.dvc`.
  static final Shape DATA =
      keys(
          with(
              Map.of(
                  "md5", ANYTHING,
                  "cmd", either(TEXT, LIST),
                  "wdir", either(TEXT, NULL),
                  "deps", either(listOf(DATA_DEPENDENCY), NULL),
                  "outs", either(listOf(DATA_OUTPUT), NULL)),
              Map.of(
                  "locked", BOOL,
                  "frozen", BOOL,
                  "meta", ANYTHING,
                  "always_changed", BOOL,
                  "desc", TEXT)));

  private static final Shape LOCK_DATA = keys(with(CONTENT, Map.of("dataset", MAPPING)), "path");

  /// A `dvc.lock` that is not empty.
  static final Shape LOCK =
      keys(
          Map.of(
              "schema", ANYTHING,
              "datasets", ANYTHING,
              "stages",
                  namesTo(
                      keys(
                          Map.of(
                              "cmd", either(TEXT, LIST),
                              "deps", listOf(LOCK_DATA),
                              "params", namesTo(namesTo(ANYTHING)),
                              "outs", listOf(LOCK_DATA)),
                          "cmd"))),
          "schema");

  private Shapes() {}

  private static boolean repeats(Value value) {
    return value instanceof Mapping || value instanceof Value.Items || value instanceof Value.Text;
  }

  private static Map<String, Shape> with(Map<String, Shape> some, Map<String, Shape> more) {
    var all = new HashMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }
}
