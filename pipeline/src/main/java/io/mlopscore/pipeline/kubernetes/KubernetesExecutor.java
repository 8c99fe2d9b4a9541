package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mlopscore.pipeline.executor.Executor;
import io.mlopscore.pipeline.executor.Task;
import io.mlopscore.pipeline.executor.TaskOutput;
import io.mlopscore.pipeline.executor.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Runs each task as a Job of Kubernetes whose pod sees the same files as this machine, by a volume
/// that both have.
///
/// A Job is taken away when its task is over, when the task is interrupted, and when this process
/// ends; one that a killed process left is taken away before the task is run again. What a task
/// used is not known.
public final class KubernetesExecutor implements Executor, AutoCloseable {
  /// Of a request that does not reach the cluster, after 0.1, 0.2, 0.4 … seconds.
  private static final int RETRIES = 5;

  private final KubernetesClient client;
  private final JobTemplate template;
  private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();

  KubernetesExecutor(KubernetesClient client, JobTemplate template) {
    this.client = client;
    this.template = template;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAll, "stop-jobs"));
  }

  /// With the cluster, the namespace and the credentials that `kubectl` would use.
  ///
  /// @param manifest see [JobTemplate]
  /// @param root of the repository
  public static KubernetesExecutor of(Path manifest, Path root) throws IOException {
    var template = JobTemplate.parse(Files.readString(manifest), manifest.toString(), root);
    var settings = Config.autoConfigure(null);
    settings.setRequestRetryBackoffLimit(RETRIES);
    var client = new KubernetesClientBuilder().withConfig(settings).build();
    return new KubernetesExecutor(client, template);
  }

  @Override
  public TaskResult run(Task task, TaskOutput output) throws IOException, InterruptedException {
    var job = new RunningJob(client, template.job(task));
    running.add(job);
    // The client's own calls do not all hear an interruption; waiting for another thread does.
    var run = new FutureTask<>(() -> follow(job, task, output));
    Thread.ofVirtual().name("job-" + job.name()).start(run);
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw failed(job, task, e.getCause());
    } finally {
      running.remove(job);
      remove(job);
    }
  }

  /// What cannot be taken away goes by its own time limit, or when the stage runs again.
  private static void remove(RunningJob job) {
    try {
      job.remove();
    } catch (KubernetesClientException e) {
      System.getLogger(KubernetesExecutor.class.getName())
          .log(System.Logger.Level.DEBUG, "the job " + job.name() + " is left behind", e);
    }
  }

  private TaskResult follow(RunningJob job, Task task, TaskOutput output)
      throws IOException, InterruptedException {
    var pods = job.create();
    return new JobRun(client, job.namespace(), pods, task).follow(output);
  }

  private static IOException failed(RunningJob job, Task task, @Nullable Throwable cause) {
    return cause instanceof IOException known
        ? known
        : new IOException(
            "the cluster did not run the job '%s' of stage '%s': %s"
                .formatted(job.name(), task.name(), reason(cause)),
            cause);
  }

  /// The client says what it tried, and its cause why that failed.
  private static String reason(@Nullable Throwable failure) {
    var reasons = new ArrayList<String>();
    for (var at = failure; at != null; at = at.getCause()) {
      reasons.add(at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage());
    }
    return String.join("; ", new LinkedHashSet<>(reasons));
  }

  /// A signal of the terminal ends this process, which takes the Jobs away.
  @Override
  public boolean hearsTerminal() {
    return false;
  }

  private void stopAll() {
    running.forEach(KubernetesExecutor::remove);
  }

  @Override
  public void close() {
    client.close();
  }
}
