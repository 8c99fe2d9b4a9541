package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Does for Jobs of a server without nodes what Kubernetes would: makes their pods, and runs the
/// containers one after the other, each as a process of this machine.
final class FakeKubelet implements Watcher<Job> {
  private final KubernetesClient client;
  private final KubernetesMockServer server;
  private final Map<String, Process> processes = new ConcurrentHashMap<>();
  private final Map<String, Thread> work = new ConcurrentHashMap<>();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();

  FakeKubelet(KubernetesClient client, KubernetesMockServer server) {
    this.client = client;
    this.server = server;
    client.batch().v1().jobs().inNamespace("test").watch(this);
  }

  /// What is done for a job waits for what was done for an earlier one of that name.
  @Override
  public synchronized void eventReceived(Action action, Job job) {
    var name = job.getMetadata().getName();
    var before = Optional.ofNullable(work.get(name));
    if (action == Action.ADDED) {
      work.put(name, start(before, () -> run(job)));
    } else if (action == Action.DELETED) {
      stopped.add(job.getMetadata().getUid());
      Optional.ofNullable(processes.get(name)).ifPresent(FakeKubelet::kill);
      work.put(name, start(before, () -> removePod(job)));
    }
  }

  private static Thread start(Optional<Thread> before, Runnable task) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                if (before.isPresent()) {
                  before.get().join();
                }
                task.run();
              } catch (InterruptedException | KubernetesClientException _) {
                // The test is over, and the server gone.
              }
            });
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void removePod(Job job) {
    client.pods().inNamespace("test").withName(podName(job)).withGracePeriod(0).delete();
  }

  /// As in Kubernetes another one for another job of that name.
  private static String podName(Job job) {
    var uid = job.getMetadata().getUid();
    return job.getMetadata().getName() + uid.substring(uid.lastIndexOf('-'));
  }

  @Override
  public void onClose(@Nullable WatcherException cause) {}

  private void run(Job job) {
    var name = podName(job);
    var spec = job.getSpec().getTemplate().getSpec();
    var all = new ArrayList<>(spec.getInitContainers());
    all.addAll(spec.getContainers());
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("controller-uid", job.getMetadata().getUid())
            .endMetadata()
            .withSpec(spec)
            .withNewStatus()
            .withPhase("Pending")
            .endStatus()
            .build();
    client.pods().inNamespace("test").resource(pod).create();
    var statuses = new ArrayList<ContainerStatus>();
    try {
      for (var container : all) {
        if (stopped.contains(job.getMetadata().getUid())) {
          return;
        }
        statuses.add(status(container, running()));
        int code = run(job, container, name, () -> show(name, statuses));
        statuses.set(statuses.size() - 1, status(container, ended(code)));
        show(name, statuses);
        if (code != 0) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private int run(Job job, Container container, String pod, Runnable begun)
      throws IOException, InterruptedException {
    var log = Files.createTempFile("container", ".log");
    log.toFile().deleteOnExit();
    serveLog(pod, container.getName(), log);
    var builder =
        new ProcessBuilder(container.getCommand())
            .directory(Path.of(container.getWorkingDir()).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    container.getEnv().forEach(each -> builder.environment().put(each.getName(), each.getValue()));
    var process = builder.start();
    processes.put(job.getMetadata().getName(), process);
    if (stopped.contains(job.getMetadata().getUid())) {
      kill(process);
    }
    begun.run();
    return process.waitFor();
  }

  /// Answers with what is in a file at that moment, be the log followed or not.
  private void serveLog(String pod, String container, Path log) {
    var path =
        "/api/v1/namespaces/test/pods/%s/log?pretty=false&container=%s&timestamps=true"
            .formatted(pod, container);
    for (var follow : List.of("", "&follow=true")) {
      server.expect().get().withPath(path + follow).andReply(200, _ -> withTimes(log)).always();
    }
  }

  private static String withTimes(Path log) {
    var lines = new StringBuilder();
    try {
      int second = 0;
      for (var line : Files.readString(log, StandardCharsets.UTF_8).lines().toList()) {
        lines.append("2026-01-01T00:00:%02d.000000000Z %s%n".formatted(second++, line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.toString();
  }

  private void show(String pod, List<ContainerStatus> statuses) {
    client
        .pods()
        .inNamespace("test")
        .withName(pod)
        .editStatus(
            found ->
                new PodBuilder(found)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withInitContainerStatuses(
                        statuses.stream().filter(each -> isInit(found, each)).toList())
                    .withContainerStatuses(
                        statuses.stream().filter(each -> !isInit(found, each)).toList())
                    .endStatus()
                    .build());
  }

  private static boolean isInit(Pod pod, ContainerStatus status) {
    return pod.getSpec().getInitContainers().stream()
        .anyMatch(container -> container.getName().equals(status.getName()));
  }

  private static ContainerStatus status(Container container, ContainerState state) {
    return new ContainerStatusBuilder().withName(container.getName()).withState(state).build();
  }

  private static ContainerState running() {
    return new ContainerStateBuilder().withNewRunning().endRunning().build();
  }

  private static ContainerState ended(int code) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(code == 0 ? "Completed" : "Error")
        .endTerminated()
        .build();
  }
}
