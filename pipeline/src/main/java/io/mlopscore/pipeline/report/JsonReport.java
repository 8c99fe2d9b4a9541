package io.mlopscore.pipeline.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.mlopscore.pipeline.compare.ValueDifference;
import io.mlopscore.pipeline.gates.Verdict;
import io.mlopscore.pipeline.report.Report.Side;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A report for programs. What is not there is left out; numbers that JSON lacks, such as NaN, are
/// texts.
public record JsonReport(Report report, PictureFiles files) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public String text() {
    var top = new LinkedHashMap<String, Object>();
    top.put("project", report.project());
    top.put("base", side(report.base()));
    top.put("head", side(report.head()));
    top.put("passed", report.passed());
    top.put("gates", report.verdicts().stream().map(JsonReport::gate).toList());
    top.put("gate_changes", report.gateChanges());
    top.put("metrics", report.metrics().stream().map(JsonReport::value).toList());
    top.put("params", report.params().stream().map(JsonReport::value).toList());
    top.put("data", data());
    top.put("pictures", report.pictures().stream().map(this::picture).toList());
    top.put("problems", report.problems());
    try {
      return JSON.writeValueAsString(top) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers are always JSON", e);
    }
  }

  private static Map<String, Object> side(Side side) {
    var all = new LinkedHashMap<String, Object>();
    all.put("revision", side.name());
    side.commit().ifPresent(id -> all.put("commit", id));
    return all;
  }

  private static Map<String, Object> gate(Verdict verdict) {
    var all = new LinkedHashMap<String, Object>();
    var gate = verdict.gate();
    all.put("metric", gate.metric());
    gate.min().ifPresent(limit -> all.put("min", limit));
    gate.max().ifPresent(limit -> all.put("max", limit));
    gate.maxDrop().ifPresent(limit -> all.put("max_drop", limit));
    all.put("higher_is_better", gate.higherIsBetter());
    verdict.before().ifPresent(value -> all.put("old", value));
    verdict.now().ifPresent(value -> all.put("new", value));
    all.put("passed", verdict.passed());
    all.put("breaches", verdict.breaches());
    return all;
  }

  private static Map<String, Object> value(ValueDifference difference) {
    var all = new LinkedHashMap<String, Object>();
    all.put("file", difference.file());
    all.put("name", difference.name());
    put(all, "old", difference.before());
    put(all, "new", difference.now());
    put(all, "delta", difference.change());
    return all;
  }

  private static void put(Map<String, Object> all, String key, Optional<Value> value) {
    value.ifPresent(found -> all.put(key, plain(found)));
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Int(var number) -> number;
      case Value.Real(var number) -> number;
      case Value.Bool(var bool) -> bool;
      case Value.Items(var values) -> values.stream().map(JsonReport::plain).toList();
      case Value other -> YamlReader.text(other);
    };
  }

  private List<Map<String, String>> data() {
    return report.data().items().entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(
                        item -> {
                          var all = new LinkedHashMap<String, String>();
                          all.put("path", item.path());
                          all.put("became", entry.getKey().word());
                          item.newPath().ifPresent(path -> all.put("new_path", path));
                          return (Map<String, String>) all;
                        }))
        .toList();
  }

  private Map<String, Object> picture(Picture picture) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", picture.name());
    all.put("files", files.of(picture));
    return all;
  }
}
