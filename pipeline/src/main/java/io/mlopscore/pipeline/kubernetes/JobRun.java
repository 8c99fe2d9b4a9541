package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.mlopscore.pipeline.executor.Task;
import io.mlopscore.pipeline.executor.TaskOutput;
import io.mlopscore.pipeline.executor.TaskOutput.Channel;
import io.mlopscore.pipeline.executor.TaskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// Follows the containers of a Job one after the other: what they write, and how they end.
final class JobRun {
  private final KubernetesClient client;
  private final String namespace;
  private final FilterWatchListDeletable<Pod, PodList, PodResource> pods;
  private final Task task;
  private final long start = System.nanoTime();
  private boolean hadPod;

  JobRun(
      KubernetesClient client,
      String namespace,
      FilterWatchListDeletable<Pod, PodList, PodResource> pods,
      Task task) {
    this.client = client;
    this.namespace = namespace;
    this.pods = pods;
    this.task = task;
  }

  TaskResult follow(TaskOutput output) throws IOException, InterruptedException {
    int number = 0;
    for (var command : task.commands()) {
      try {
        var ended = follow(command, JobTemplate.containerName(number++), output);
        if (ended.exitCode() != 0) {
          tell(ended, output);
          return result(ended.exitCode(), Optional.of(command), false);
        }
      } catch (TimeoutException _) {
        return result(0, Optional.of(command), true);
      }
    }
    return result(0, Optional.empty(), false);
  }

  private PodState.Ended follow(String command, String container, TaskOutput output)
      throws IOException, InterruptedException, TimeoutException {
    var begun = await(container, state -> !(state instanceof PodState.Waiting));
    output.command(command);
    var log = new ContainerLog(client, namespace, container, output);
    var following =
        begun instanceof PodState.Running(var pod)
            ? Optional.of(log.follow(pod))
            : Optional.<Thread>empty();
    if (!(await(container, PodState.Ended.class::isInstance) instanceof PodState.Ended ended)) {
      throw new IllegalStateException("awaited was that '%s' ends".formatted(container));
    }
    log.rest(ended.pod(), following);
    return ended;
  }

  /// Of the failure of a container only Kubernetes knows some reasons, such as too much memory.
  private static void tell(PodState.Ended ended, TaskOutput output) {
    if (!ended.reason().isEmpty() && !ended.reason().equals("Error")) {
      var line = (ended.reason() + "\n").getBytes(StandardCharsets.UTF_8);
      output.write(Channel.ERROR, line, line.length);
    }
  }

  /// @throws IOException when it will never come to that
  private PodState await(String container, Predicate<PodState> wanted)
      throws IOException, InterruptedException, TimeoutException {
    var condition =
        pods.informOnCondition(
            found -> isGone(found) || isOver(PodState.of(found, container), wanted));
    try {
      var found =
          left().isPresent()
              ? condition.get(left().get().toNanos(), TimeUnit.NANOSECONDS)
              : condition.get();
      var state = PodState.of(found, container);
      if (state instanceof PodState.Stuck(var why)) {
        throw new IOException("the pod of stage '%s' cannot run: %s".formatted(task.name(), why));
      }
      if (!wanted.test(state)) {
        throw new IOException(
            "the pod of stage '%s' was taken away before it came to an end".formatted(task.name()));
      }
      return state;
    } catch (ExecutionException e) {
      throw new IOException("the cluster cannot be watched: " + e.getCause(), e);
    } finally {
      condition.cancel(true);
    }
  }

  private boolean isGone(List<Pod> pods) {
    hadPod |= !pods.isEmpty();
    return hadPod && pods.isEmpty();
  }

  private static boolean isOver(PodState state, Predicate<PodState> wanted) {
    return state instanceof PodState.Stuck || wanted.test(state);
  }

  /// The time that is left; empty for no limit.
  private Optional<Duration> left() {
    return task.timeout()
        .map(limit -> limit.minusNanos(System.nanoTime() - start))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  private TaskResult result(int exitCode, Optional<String> failed, boolean timedOut) {
    var duration = Duration.ofNanos(System.nanoTime() - start);
    return new TaskResult(exitCode, failed, timedOut, duration, Duration.ZERO, 0);
  }
}
