package io.mlopscore.pipeline.kubernetes;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.jspecify.annotations.Nullable;

/// Makes pods that never get further than one status.
final class StuckKubelet implements Watcher<Job> {
  private final KubernetesClient client;
  private final PodStatus status;

  StuckKubelet(KubernetesClient client, PodStatus status) {
    this.client = client;
    this.status = status;
    client.batch().v1().jobs().inNamespace("test").watch(this);
  }

  @Override
  public void eventReceived(Action action, Job job) {
    if (action == Action.ADDED) {
      var pod =
          new PodBuilder()
              .withNewMetadata()
              .withName(job.getMetadata().getName() + "-pod")
              .addToLabels("controller-uid", job.getMetadata().getUid())
              .endMetadata()
              .withStatus(status)
              .build();
      client.pods().inNamespace("test").resource(pod).create();
    }
  }

  @Override
  public void onClose(@Nullable WatcherException cause) {}
}
