package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.executor.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A Job as someone wrote it, from which the Job of each task is made: image, volumes, resources,
/// service account and all else stay as they are there.
///
/// The commands run one after the other in containers like the one that is written: all but the
/// last as init containers, which Kubernetes runs in turn until one fails. The folder where the
/// container works is the repository as the pod sees it.
///
/// @param manifest with one container; its command, `/bin/sh -c` if it has none, takes each of the
///     task's commands as one more argument
/// @param root of the repository on this machine
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
record JobTemplate(Job manifest, Path root) {
  static final String STAGE = "mlops.core/stage";

  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  /// Of this machine, where programs are elsewhere.
  private static final String SEARCH_PATH = "PATH";

  private static final String ROOT = "DVC_ROOT";

  /// Jobs whose maker died are taken away after a day.
  private static final int KEEP_SECONDS = 24 * 60 * 60;

  private static final int LONGEST_NAME = 40;
  private static final int DIGITS = 8;

  /// @param text YAML
  /// @param name what to call it in messages
  /// @throws PipelineException when it is no Job with one container
  static JobTemplate parse(String text, String name, Path root) {
    Object read;
    try {
      read = new KubernetesSerialization().unmarshal(text, HasMetadata.class);
    } catch (RuntimeException e) {
      throw new PipelineException(name + ": not a manifest of Kubernetes: " + e.getMessage(), e);
    }
    if (!(read instanceof Job job)) {
      throw new PipelineException(name + ": must be one manifest of kind Job, batch/v1");
    }
    if (job.getSpec() == null
        || job.getSpec().getTemplate() == null
        || job.getSpec().getTemplate().getSpec() == null
        || job.getSpec().getTemplate().getSpec().getContainers().size() != 1) {
      throw new PipelineException(
          name
              + ": its pod must have one container; others that it needs are init containers with"
              + " restartPolicy: Always");
    }
    return new JobTemplate(job, root);
  }

  /// The Job of a task. The same task has the same name each time, so that what a killed process
  /// left is found.
  Job job(Task task) {
    var containers = containers(task);
    var name = name(task);
    return new JobBuilder(manifest)
        .editOrNewMetadata()
        .withName(name)
        .withGenerateName(null)
        .addToLabels("app.kubernetes.io/managed-by", "mlops")
        .addToAnnotations(STAGE, task.name())
        .endMetadata()
        .editSpec()
        .withBackoffLimit(0)
        .withTtlSecondsAfterFinished(
            Optional.ofNullable(manifest.getSpec().getTtlSecondsAfterFinished())
                .orElse(KEEP_SECONDS))
        .withActiveDeadlineSeconds(
            task.timeout()
                .map(limit -> limit.plusMinutes(1).toSeconds())
                .orElse(manifest.getSpec().getActiveDeadlineSeconds()))
        .editTemplate()
        .editOrNewMetadata()
        .addToLabels("app.kubernetes.io/managed-by", "mlops")
        .addToAnnotations(STAGE, task.name())
        .endMetadata()
        .editSpec()
        .withRestartPolicy("Never")
        .addAllToInitContainers(containers.subList(0, containers.size() - 1))
        .withContainers(containers.getLast())
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /// One for each command, in order.
  List<Container> containers(Task task) {
    var containers = new ArrayList<Container>();
    for (var command : task.commands()) {
      containers.add(container(task, command, containerName(containers.size())));
    }
    return containers;
  }

  static String containerName(int command) {
    return "command-" + (command + 1);
  }

  private Container container(Task task, String command, String name) {
    var written = manifest.getSpec().getTemplate().getSpec().getContainers().getFirst();
    var shell = new ArrayList<>(written.getCommand().isEmpty() ? SHELL : written.getCommand());
    shell.add(command);
    return new ContainerBuilder(written)
        .withName(name)
        .withCommand(shell)
        .withArgs(List.of())
        .withWorkingDir(there(task.directory()))
        .addAllToEnv(variables(task.environment()))
        .build();
  }

  private List<EnvVar> variables(Map<String, String> environment) {
    var variables = new TreeMap<>(environment);
    variables.remove(SEARCH_PATH);
    variables.computeIfPresent(ROOT, (_, folder) -> there(Path.of(folder)));
    return variables.entrySet().stream()
        .map(each -> new EnvVarBuilder().withName(each.getKey()).withValue(each.getValue()).build())
        .toList();
  }

  /// A folder of the repository as the pod sees it.
  private String there(Path folder) {
    var written = manifest.getSpec().getTemplate().getSpec().getContainers().getFirst();
    var mounted = Optional.ofNullable(written.getWorkingDir()).orElse(root.toString());
    var below = root.relativize(folder).toString();
    return below.isEmpty() ? mounted : mounted + "/" + below;
  }

  /// A DNS label that says which stage it is, and differs for others and other repositories.
  String name(Task task) {
    var words = task.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var start = ("mlops-" + words).replaceAll("-+", "-");
    var short_ = start.substring(0, Math.min(LONGEST_NAME, start.length())).replaceAll("-$", "");
    var identity = (root + "\n" + task.name()).getBytes(StandardCharsets.UTF_8);
    return short_ + "-" + Md5.of(identity).substring(0, DIGITS);
  }
}
