package io.mlopscore.pipeline;

import io.mlopscore.pipeline.StageState.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The graph as a page that opens without a network: what is up to date and what changed, why, and
/// what the last runs took, with links to their logs.
public final class DagPage {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 44;
  private static final int COLUMN = 220;
  private static final int ROW = 96;
  private static final int LONGEST = 24;
  private static final String PAGE = "dag.html";

  /// What is told of a node.
  ///
  /// @param reasons why it would run; none when it is up to date
  /// @param log of the last run, as a link from where the page is
  private record Known(
      Node node, List<String> reasons, Optional<StageRun> last, Optional<String> log) {
    boolean failed() {
      return last.isPresent() && last.get().exitCode() != 0;
    }

    String state() {
      if (failed() && !reasons.isEmpty()) {
        return "failed";
      }
      return reasons.isEmpty() ? "fresh" : "stale";
    }

    String word() {
      var word =
          switch (state()) {
            case "failed" -> "failed";
            case "stale" -> "changed";
            default -> "up to date";
          };
      return node.frozen() ? word + ", frozen" : word;
    }
  }

  private final DagGraph graph;
  private final Map<String, Known> known;
  private final ZoneId zone;

  private DagPage(DagGraph graph, Map<String, Known> known, ZoneId zone) {
    this.graph = graph;
    this.known = known;
    this.zone = zone;
  }

  /// @param targets stages or files; empty for all
  /// @param full as in [DagGraph.View]
  public static DagPage of(Pipeline pipeline, List<String> targets, boolean full, ZoneId zone)
      throws IOException {
    var graph = DagGraph.of(pipeline, new DagGraph.View(targets, full, false, false));
    var changes = pipeline.status(List.of());
    var runs = pipeline.history().runs();
    var known = new LinkedHashMap<String, Known>();
    for (var node : pipeline.nodes()) {
      var name = pipeline.shown(node);
      if (graph.names().contains(name)) {
        var found = changes.getOrDefault(node, List.of());
        known.put(name, known(pipeline, node, found, runs.getOrDefault(node.address(), List.of())));
      }
    }
    return new DagPage(graph, known, zone);
  }

  private static Known known(
      Pipeline pipeline, Node node, List<Change> changes, List<StageRun> runs) throws IOException {
    var reasons = changes.isEmpty() ? List.<String>of() : pipeline.explain(node, changes);
    var last = runs.isEmpty() ? Optional.<StageRun>empty() : Optional.of(runs.getLast());
    var log = Optional.<String>empty();
    if (node instanceof Stage stage && Files.exists(pipeline.history().log(stage))) {
      log = Optional.of(link(pipeline.shown(pipeline.history().log(stage))));
    }
    return new Known(node, reasons, last, log);
  }

  /// The names of logs hold what stands for other characters, which a link has to say again.
  private static String link(String path) {
    return path.replace("%", "%25").replace("#", "%23").replace("?", "%3F");
  }

  public String html() throws IOException {
    return resource()
        .replace("{summary}", escaped(summary()))
        .replace("{drawing}", drawing())
        .replace("{rows}", rows());
  }

  private static String resource() throws IOException {
    try (var in = DagPage.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new IOException(PAGE + " is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Known of(String name) {
    return Objects.requireNonNull(known.get(name), name);
  }

  private String summary() {
    long stale = known.values().stream().filter(each -> !each.reasons.isEmpty()).count();
    return "%d of %d up to date".formatted(known.size() - stale, known.size());
  }

  private String drawing() {
    var layout = DagLayout.of(graph);
    var text = new StringBuilder();
    text.append(
        "<svg width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">\n"
            .formatted((int) (layout.columns() * COLUMN), layout.rows() * ROW - ROW + HEIGHT + 4));
    for (var edge : graph.edges()) {
      text.append(arrow(layout.place(edge.from()), layout.place(edge.to())));
    }
    for (var name : graph.names()) {
      text.append(box(name, layout.place(name)));
    }
    return text.append("</svg>").toString();
  }

  private static double x(DagLayout.Place place) {
    return place.column() * COLUMN;
  }

  private static int y(DagLayout.Place place) {
    return place.row() * ROW + 2;
  }

  private static String arrow(DagLayout.Place from, DagLayout.Place to) {
    int top = y(from) + HEIGHT;
    int bottom = y(to) - 6;
    int bend = (top + bottom) / 2;
    return String.format(
        Locale.ROOT,
        "<path class=\"edge\" d=\"M%.0f %d C%.0f %d %.0f %d %.0f %d\"/>\n",
        x(from),
        top,
        x(from),
        bend,
        x(to),
        bend,
        x(to),
        bottom);
  }

  private String box(String name, DagLayout.Place place) {
    var state = of(name);
    return String.format(
        Locale.ROOT,
        """
        <a href="#%s"><g class="%s" transform="translate(%.0f %d)"><title>%s</title>\
        <rect width="%d" height="%d" rx="6"/><text x="%d" y="18">%s</text>\
        <text class="note" x="%d" y="35">%s</text></g></a>
        """,
        id(name),
        state.state(),
        x(place) - WIDTH / 2.0,
        y(place),
        escaped(name),
        WIDTH,
        HEIGHT,
        WIDTH / 2,
        escaped(shortened(name)),
        WIDTH / 2,
        escaped(state.word() + state.last.map(run -> " · " + time(run.duration())).orElse("")));
  }

  private static String shortened(String name) {
    int points = name.codePointCount(0, name.length());
    return points <= LONGEST
        ? name
        : "…" + name.substring(name.offsetByCodePoints(0, points - LONGEST));
  }

  private String id(String name) {
    return "n" + new ArrayList<>(known.keySet()).indexOf(name);
  }

  private String rows() {
    var text = new StringBuilder();
    for (var name : graph.names()) {
      text.append(row(name, of(name)));
    }
    return text.toString();
  }

  private String row(String name, Known state) {
    var run = state.last;
    return """
        <tr id="%s"><th scope="row">%s</th><td class="%s">%s</td><td>%s</td><td>%s</td>\
        <td class="number">%s</td><td class="number">%s</td><td class="number">%s</td><td>%s</td></tr>
        """
        .formatted(
            id(name),
            escaped(name),
            state.state(),
            escaped(state.word()),
            escaped(String.join("\n", state.reasons)),
            run.map(this::started).orElse(""),
            run.map(each -> time(each.duration())).orElse(""),
            run.map(each -> time(each.cpu())).orElse(""),
            run.filter(each -> each.peakMemory() > 0).map(DagPage::memory).orElse(""),
            state.log.map(to -> "<a href=\"" + escaped(to) + "\">log</a>").orElse(""));
  }

  private String started(StageRun run) {
    var time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    var at = time.format(run.started().atZone(zone));
    return run.exitCode() == 0 ? at : at + ", exit code " + run.exitCode();
  }

  private static String memory(StageRun run) {
    return "%,d MB".formatted(Math.max(1, run.peakMemory() / 1_000_000));
  }

  private static String time(Duration time) {
    return time.toMinutes() < 1
        ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
        : "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
