package io.mlopscore.tracking;

import static io.mlopscore.tracking.ExampleTraces.A;
import static io.mlopscore.tracking.ExampleTraces.B;
import static io.mlopscore.tracking.ExampleTraces.START;
import static io.mlopscore.tracking.ExampleTraces.assessment;
import static io.mlopscore.tracking.ExampleTraces.at;
import static io.mlopscore.tracking.ExampleTraces.child;
import static io.mlopscore.tracking.ExampleTraces.exported;
import static io.mlopscore.tracking.ExampleTraces.feedback;
import static io.mlopscore.tracking.ExampleTraces.info;
import static io.mlopscore.tracking.ExampleTraces.root;
import static io.mlopscore.tracking.ExampleTraces.span;

import io.mlopscore.tracking.traces.Assessment.Value;
import io.mlopscore.tracking.traces.TraceInfo;
import io.mlopscore.tracking.traces.TraceState;
import io.mlopscore.tracking.traces.TraceStore;
import java.util.List;
import java.util.Map;

/// A store of traces that contracts are held against.
interface TracesUnderTest {
  TraceStore traces();

  TrackingStore store();

  default void twoTraces() {
    traces().logSpans("0", List.of(exported(root(A, "answer")), exported(child(A, "llm"))));
    var first = info(A, TraceState.OK);
    traces().startTrace(at(first, START, Map.of(TraceInfo.NAME, "answer", "env", "dev")));
    traces()
        .logSpans("0", List.of(exported(span(B, "b7ad6b7169203331", null, "broken", Map.of()))));
    var second = info(B, TraceState.ERROR);
    traces().startTrace(at(second, START + 9, Map.of(TraceInfo.NAME, "broken", "env", "dev")));
    traces().createAssessment(feedback("correct", "true"));
    traces().createAssessment(feedback("score", "0.75"));
    traces().createAssessment(feedback("verdict", "\"yes\""));
    traces().createAssessment(assessment("answer", new Value.Expectation("{\"x\": [1]}")));
    traces().linkPrompts("tr-" + A, List.of("greeting/2"));
  }
}
