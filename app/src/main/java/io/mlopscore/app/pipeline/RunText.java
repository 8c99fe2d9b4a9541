package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.StageRun;
import java.time.Duration;
import java.util.Locale;

/// Times and amounts as people read them.
final class RunText {
  private RunText() {}

  /// `12.3 s (CPU 11.9 s, peak memory 210 MB)`.
  static String of(StageRun run) {
    var time = of(run.duration());
    return run.peakMemory() == 0
        ? time
        : String.format(
            Locale.ROOT,
            "%s (CPU %s, peak memory %d MB)",
            time,
            of(run.cpu()),
            Math.max(1, run.peakMemory() / 1_000_000));
  }

  /// `0.4 s`, `12.3 s`, `4:05 min`, `2:07 h`.
  static String of(Duration time) {
    if (time.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() < 1
        ? "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d:%02d h".formatted(time.toHours(), time.toMinutesPart());
  }
}
