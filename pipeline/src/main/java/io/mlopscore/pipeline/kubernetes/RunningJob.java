package io.mlopscore.pipeline.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Job in the cluster.
record RunningJob(KubernetesClient client, Job job) {
  private static final int PATIENCE_SECONDS = 120;

  String name() {
    return job.getMetadata().getName();
  }

  String namespace() {
    return Optional.ofNullable(job.getMetadata().getNamespace())
        .or(() -> Optional.ofNullable(client.getNamespace()))
        .orElse("default");
  }

  /// Makes it, in place of one that an earlier process left.
  ///
  /// @return its pods: there is at most one, since a failed one is not made again
  FilterWatchListDeletable<Pod, PodList, PodResource> create() {
    var made = createAlone();
    return client
        .pods()
        .inNamespace(namespace())
        .withLabel("controller-uid", made.getMetadata().getUid());
  }

  private Job createAlone() {
    try {
      return resource().create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      remove();
      return resource().create();
    }
  }

  /// Takes it and its pod away, and waits until they are gone: a stage must not go on writing.
  void remove() {
    var at = client.batch().v1().jobs().inNamespace(namespace()).withName(name());
    at.withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
    at.waitUntilCondition(Objects::isNull, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private Resource<Job> resource() {
    return client.batch().v1().jobs().inNamespace(namespace()).resource(job);
  }
}
