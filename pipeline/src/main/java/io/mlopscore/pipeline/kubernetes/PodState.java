package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How far a container of a pod is.
sealed interface PodState {
  /// Not begun; the pod may wait for a node or its image.
  record Waiting() implements PodState {}

  record Running(String pod) implements PodState {}

  /// @param exitCode as the container's process left it; 137 and the like for signals
  /// @param reason `Completed`, `Error`, `OOMKilled` …
  record Ended(String pod, int exitCode, String reason) implements PodState {}

  /// It will not come to an end by itself.
  record Stuck(String why) implements PodState {}

  /// What Kubernetes tries again for ever, though nothing gets better by that.
  Set<String> HOPELESS =
      Set.of(
          "ErrImageNeverPull",
          "ImagePullBackOff",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError");

  /// @param pods of the job; there is at most one, since a failed one is not made again
  static PodState of(List<Pod> pods, String container) {
    if (pods.isEmpty() || pods.getFirst().getStatus() == null) {
      return new Waiting();
    }
    var pod = pods.getFirst();
    var name = pod.getMetadata().getName();
    var found = status(pod, container);
    if (found.isPresent() && found.get().getState() != null) {
      var state = found.get().getState();
      if (state.getTerminated() != null) {
        var ended = state.getTerminated();
        return new Ended(
            name, ended.getExitCode(), Optional.ofNullable(ended.getReason()).orElse(""));
      }
      if (state.getRunning() != null) {
        return new Running(name);
      }
    }
    return stuck(pod).<PodState>map(Stuck::new).orElse(new Waiting());
  }

  private static Optional<ContainerStatus> status(Pod pod, String container) {
    return statuses(pod).filter(status -> status.getName().equals(container)).findFirst();
  }

  private static Stream<ContainerStatus> statuses(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }

  private static Optional<String> stuck(Pod pod) {
    if ("Failed".equals(pod.getStatus().getPhase())) {
      return Optional.of(told(pod.getStatus().getReason(), pod.getStatus().getMessage()));
    }
    return statuses(pod)
        .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
        .map(status -> status.getState().getWaiting())
        .filter(waiting -> waiting.getReason() != null && HOPELESS.contains(waiting.getReason()))
        .map(waiting -> told(waiting.getReason(), waiting.getMessage()))
        .findFirst();
  }

  private static String told(
      @org.jspecify.annotations.Nullable String reason,
      @org.jspecify.annotations.Nullable String message) {
    return Stream.of(reason, message)
        .filter(text -> text != null && !text.isBlank())
        .reduce((first, second) -> first + ": " + second)
        .orElse("it failed, and Kubernetes does not say why");
  }
}
