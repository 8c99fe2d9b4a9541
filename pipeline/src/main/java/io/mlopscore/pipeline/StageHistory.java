package io.mlopscore.pipeline;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What running took: `.dvc/tmp/mlops/history`, a line a run, its parts separated by tabs; and the
/// log of each stage's last run, `.dvc/tmp/mlops/logs/<stage>.log`.
///
/// Files of ours; losing them costs estimates only.
public final class StageHistory {
  private static final int KEPT = 10;
  private static final long COMPACT_BYTES = 1 << 20;

  private final Path folder;

  StageHistory(Path folder) {
    this.folder = folder;
  }

  private Path file() {
    return folder.resolve("history");
  }

  /// Where the output of a stage's last run is.
  public Path log(Stage stage) {
    return folder.resolve("logs").resolve(encoded(stage.address()) + ".log");
  }

  private static String encoded(String address) {
    return URLEncoder.encode(address, StandardCharsets.UTF_8);
  }

  synchronized void add(StageRun run) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file(), line(run), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(StageRun run) {
    return String.join(
            "\t",
            encoded(run.address()),
            Long.toString(run.started().toEpochMilli()),
            Long.toString(run.duration().toMillis()),
            Long.toString(run.cpu().toMillis()),
            Long.toString(run.peakMemory()),
            Integer.toString(run.exitCode()),
            Integer.toString(run.attempts()))
        + "\n";
  }

  /// The last runs of each stage, oldest first.
  public Map<String, List<StageRun>> runs() throws IOException {
    var runs = new LinkedHashMap<String, Deque<StageRun>>();
    if (Files.exists(file())) {
      for (var line : Files.readAllLines(file())) {
        read(line).ifPresent(run -> keep(run, runs));
      }
    }
    var result = new LinkedHashMap<String, List<StageRun>>();
    runs.forEach((stage, kept) -> result.put(stage, List.copyOf(kept)));
    return result;
  }

  private static void keep(StageRun run, Map<String, Deque<StageRun>> runs) {
    var kept = runs.computeIfAbsent(run.address(), _ -> new ArrayDeque<>());
    kept.add(run);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  /// A line that was cut short by a crash is passed over.
  private static Optional<StageRun> read(String line) {
    var parts = line.split("\t", -1);
    try {
      return parts.length == 7
          ? Optional.of(
              new StageRun(
                  URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                  Instant.ofEpochMilli(Long.parseLong(parts[1])),
                  Duration.ofMillis(Long.parseLong(parts[2])),
                  Duration.ofMillis(Long.parseLong(parts[3])),
                  Long.parseLong(parts[4]),
                  Integer.parseInt(parts[5]),
                  Integer.parseInt(parts[6])))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The usual time of each stage that ever succeeded: the median of its last runs.
  Map<String, Duration> durations() throws IOException {
    var durations = new LinkedHashMap<String, Duration>();
    runs()
        .forEach(
            (stage, all) -> {
              var sorted =
                  all.stream()
                      .filter(run -> run.exitCode() == 0)
                      .map(StageRun::duration)
                      .sorted()
                      .toList();
              if (!sorted.isEmpty()) {
                durations.put(stage, sorted.get(sorted.size() / 2));
              }
            });
    return durations;
  }

  /// Keeps the file small: of each stage only the last runs stay. A failure to do so is not worth
  /// failing a command.
  void compact() {
    try {
      if (Files.exists(file()) && Files.size(file()) >= COMPACT_BYTES) {
        rewrite();
      }
    } catch (IOException e) {
      System.getLogger(StageHistory.class.getName())
          .log(System.Logger.Level.DEBUG, "the history of runs stays long", e);
    }
  }

  private void rewrite() throws IOException {
    var kept = new StringBuilder();
    runs().values().forEach(runs -> runs.forEach(run -> kept.append(line(run))));
    WholeFile.write(file(), kept.toString());
  }
}
