package io.mlopscore.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlopscore.tracking.traces.ExportedSpan;
import io.mlopscore.tracking.traces.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces as a list, and one as the tree of its spans.
final class TracePagesTest {
  private static final String ID = "0af7651916cd43dd8448eb211c80319c";
  private static final long START = 1_700_000_000_000_000_000L;

  @TempDir private Path directory;

  private static ExportedSpan span(String id, @Nullable String parent, String name, long from) {
    var attributes =
        Map.of(Span.TYPE, "\"TOOL\"", Span.INPUTS, "{\"question\": \"<b>\"}", Span.OUTPUTS, "42");
    return new ExportedSpan(
        new Span(
            ID,
            id,
            parent,
            name,
            START + from,
            START + 50_000_000,
            Span.Status.OK,
            "",
            attributes,
            List.of(),
            List.of()),
        Map.of());
  }

  @Test
  void aTraceIsATreeOfSpansWithWhatWentInAndOut() throws Exception {
    try (var console = new ServedConsole(directory)) {
      console
          .tracking()
          .traces()
          .logSpans(
              "0",
              List.of(
                  span("b7ad6b7169203332", "b7ad6b7169203331", "look up", 10_000_000),
                  span("b7ad6b7169203331", null, "answer", 0)));

      assertThat(console.get("/experiments/0/traces").body())
          .contains("href=\"/traces/tr-" + ID + "\"", ">OK<", "50 ms");
      assertThat(console.get("/traces/tr-" + ID).body())
          .containsSubsequence("span in0", "answer", "span in1", "look up", "40 ms")
          .contains("&lt;b&gt;", "TOOL");
      assertThat(console.get("/experiments/0/traces?q=trace.status%3D1").statusCode())
          .isEqualTo(400);
      assertThat(console.get("/traces/tr-none").statusCode()).isEqualTo(404);
    }
  }
}
