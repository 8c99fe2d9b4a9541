package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An API that moves from Cloud Run to machines and back
/// (`modules/platform/tests/apply.tftest.hcl`): in which order. Google deletes nothing that a
/// backend still names, and callers want somebody to answer.
@Tag("terraform")
class RuntimeChangeTest {
  private static final String SERVICE = "module.api_cloud_run[0].google_cloud_run_v2_service.main";
  private static final String ENDPOINTS =
      "module.api_cloud_run[0].google_compute_region_network_endpoint_group.main";
  private static final String MACHINES =
      "module.api_mig[0].google_compute_region_instance_group_manager.main";
  private static final String READY =
      "module.load_balancer.google_compute_health_check.ready[\"api\"]";
  private static final String BACKEND =
      "module.load_balancer.google_compute_backend_service.main[\"api\"]";

  @TempDir static Path folder;
  private static List<String> changes = List.of();

  @BeforeAll
  static void move() throws IOException, InterruptedException {
    try (var provider = SchemaProvider.start("/terraform/google-6.50.0.json")) {
      var terraform = Terraform.copyTo(folder, provider.reattach());
      changes = terraform.changes(terraform.root().resolve("modules/platform"), "apply");
    }
  }

  @Test
  void machinesAnswerBeforeTheServiceGoes() {
    assertThat(changes.subList(0, changes.lastIndexOf("Create " + SERVICE)))
        .containsSubsequence(
            "Create " + MACHINES, "Update " + BACKEND, "Delete " + ENDPOINTS, "Delete " + SERVICE)
        .containsSubsequence("Create " + READY, "Update " + BACKEND);
  }

  @Test
  void theServiceAnswersBeforeMachinesGo() {
    assertThat(changes.subList(changes.indexOf("Delete " + SERVICE), changes.size()))
        .containsSubsequence(
            "Create " + SERVICE, "Create " + ENDPOINTS, "Update " + BACKEND, "Delete " + MACHINES)
        .containsSubsequence("Update " + BACKEND, "Delete " + READY);
  }
}
