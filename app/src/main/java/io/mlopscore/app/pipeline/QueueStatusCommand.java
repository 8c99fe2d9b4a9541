package io.mlopscore.app.pipeline;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.compare.Table;
import io.mlopscore.pipeline.experiments.ExperimentQueue;
import io.mlopscore.pipeline.experiments.QueuedTask;
import io.mlopscore.pipeline.experiments.QueuedTask.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `mlops queue status`: as `dvc queue status`.
@Command(
    name = "status",
    description = "Shows queued experiments, those that run and those that ran, and workers.",
    mixinStandardHelpOptions = true)
final class QueueStatusCommand implements Callable<Integer> {
  private static final int SHORT = 7;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("hh:mm a", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MMM dd, yyyy", Locale.ENGLISH);

  @Override
  public Integer call() throws IOException {
    var queue = new ExperimentQueue(Pipeline.open(Path.of("")));
    var table = new Table(List.of("Task", "Name", "Created", "Status"));
    boolean empty = true;
    var tasks = queue.tasks();
    for (var group : tasks.entrySet()) {
      for (var task : group.getValue()) {
        empty = false;
        table.row(
            List.of(
                task.revision().substring(0, SHORT),
                task.name(),
                created(task),
                group.getKey().title()));
      }
    }
    System.out.print(empty ? "No experiment tasks in the queue.\n" : table.text());
    int alive = queue.workers().alive();
    int active = Math.min(alive, tasks.getOrDefault(State.RUNNING, List.of()).size());
    System.out.printf("%nWorker status: %d active, %d idle%n", active, alive - active);
    return 0;
  }

  private static String created(QueuedTask task) {
    var zone = ZoneId.systemDefault();
    var time = task.created().atZone(zone);
    return time.format(time.toLocalDate().equals(LocalDate.now(zone)) ? CLOCK : DAY);
  }
}
