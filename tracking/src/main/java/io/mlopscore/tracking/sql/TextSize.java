package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.tracking.LoggedModel;
import io.mlopscore.tracking.Run;
import io.mlopscore.tracking.traces.Assessment;
import io.mlopscore.tracking.traces.TraceInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// About how many characters things are, in memory or in an answer.
final class TextSize {
  private static final long ENTITY = 500;
  private static final long POINT = 100;

  private TextSize() {}

  static long of(Run run) {
    return ENTITY
        + POINT * run.metrics().size()
        + of(run.params())
        + of(run.tags())
        + run.inputs().stream().map(DatasetInput::dataset).mapToLong(TextSize::of).sum();
  }

  private static long of(Dataset data) {
    return length(data.source()) + length(data.schema()) + length(data.profile()) + 200;
  }

  static long of(LoggedModel model) {
    return ENTITY + POINT * model.metrics().size() + of(model.params()) + of(model.tags());
  }

  static long of(TraceInfo trace) {
    return ENTITY
        + length(trace.requestPreview())
        + length(trace.responsePreview())
        + of(trace.metadata())
        + of(trace.tags())
        + trace.assessments().stream().mapToLong(TextSize::of).sum();
  }

  private static long of(Assessment assessment) {
    var said =
        switch (assessment.value()) {
          case Assessment.Value.Feedback(var json, _) -> json.length();
          case Assessment.Value.Expectation(var json) -> json.length();
          case Assessment.Value.Issue(var name) -> name.length();
        };
    return ENTITY + said + of(assessment.metadata()) + length(assessment.rationale());
  }

  private static long of(Map<String, String> pairs) {
    var text = 0L;
    for (var pair : pairs.entrySet()) {
      text += 50 + pair.getKey().length() + pair.getValue().length();
    }
    return text;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
