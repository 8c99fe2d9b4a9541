# The group of machines, and what they do at boot.
mock_provider "google" {}

variables {
  project_id      = "acme-mlops-dev"
  region          = "europe-west1"
  name            = "mlops-dev-api"
  image           = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  args            = ["serve", "--host", "0.0.0.0", "--port", "8000"]
  env             = { ENVIRONMENT = "production", CORS_ORIGINS = "https://app.example.org" }
  api_keys_secret = "mlops-api-keys"
  password_secret = "mlops-serving-password"
  service_account = "api@acme-mlops-dev.iam.gserviceaccount.com"
  subnetwork      = "projects/acme-mlops-dev/regions/europe-west1/subnetworks/mlops-dev-subnet"
  instances       = { min = 2, max = 4 }
}

run "what_fails_is_replaced_and_a_new_image_rolls_out" {
  command = plan

  assert {
    condition     = one(google_compute_health_check.alive.http_health_check).request_path == "/health/live" && length(google_compute_region_instance_group_manager.main.auto_healing_policies) == 1
    error_message = "A machine whose program is not alive is replaced; one that waits for a model is not."
  }
  assert {
    condition     = one(google_compute_region_instance_group_manager.main.update_policy).type == "PROACTIVE" && one(google_compute_region_instance_group_manager.main.update_policy).max_unavailable_fixed == 0 && one(google_compute_region_instance_group_manager.main.update_policy).max_surge_fixed > 0
    error_message = "New machines first, old ones after."
  }
  assert {
    condition     = google_compute_region_instance_group_manager.main.wait_for_instances && google_compute_region_instance_group_manager.main.wait_for_instances_status == "UPDATED"
    error_message = "An apply whose machines do not get healthy fails."
  }
  assert {
    condition     = one(google_compute_region_autoscaler.main.autoscaling_policy).min_replicas == 2 && one(google_compute_region_autoscaler.main.autoscaling_policy).max_replicas == 4
    error_message = "The group grows and shrinks between the two numbers."
  }
}

run "machines_are_hardened" {
  command = plan

  assert {
    condition     = one(google_compute_instance_template.main.shielded_instance_config).enable_secure_boot && google_compute_instance_template.main.metadata["enable-oslogin"] == "TRUE" && google_compute_instance_template.main.metadata["block-project-ssh-keys"] == "TRUE" && google_compute_instance_template.main.metadata["serial-port-enable"] == "FALSE"
    error_message = "Shielded VM, OS Login, no keys of the project, no serial port."
  }
  assert {
    condition     = length(one(google_compute_instance_template.main.network_interface).access_config) == 0
    error_message = "No public address."
  }
  assert {
    condition     = one(google_compute_instance_template.main.service_account).email == var.service_account && one(google_compute_instance_template.main.service_account).scopes == toset(["https://www.googleapis.com/auth/cloud-platform"])
    error_message = "An identity of its own; what it may do says IAM, not a list of scopes."
  }
}

run "the_container_is_locked_down_and_named_by_digest" {
  command = plan

  assert {
    condition = alltrue([for option in ["--user 65532:65532", "--read-only", "--tmpfs /tmp:rw,noexec", "--tmpfs /data:rw,noexec,nosuid,uid=65532,gid=65532", "--cap-drop ALL", "--security-opt no-new-privileges", "@sha256:1111"] :
    strcontains(output.unit, option)])
    error_message = "No root, nothing to write to, no capabilities."
  }
  assert {
    condition     = !strcontains(output.cloud_config, "apt") && !strcontains(output.cloud_config, "usermod")
    error_message = "Nothing is installed at boot, and nobody joins the group docker."
  }
  assert {
    condition     = strcontains(output.unit, "Restart=always") && strcontains(output.fetch_secrets, "set -euo pipefail")
    error_message = "What fails is tried again, and a missing secret is a failure."
  }
}

run "no_connection_ends_before_the_load_balancer_gives_it_up" {
  command = plan

  assert {
    condition     = strcontains(output.cloud_config, "MLOPS_IDLE_TIMEOUT=620")
    error_message = "Google's load balancer keeps connections for 600 seconds."
  }
}

run "secrets_are_fetched_into_memory_for_one_user" {
  command = plan

  assert {
    condition     = strcontains(output.fetch_secrets, "install -d -m 0700 /run/mlops\n") && strcontains(output.fetch_secrets, "chmod 0400") && strcontains(output.fetch_secrets, "umask 077") && !strcontains(output.fetch_secrets, "0644")
    error_message = "On the machine only root gets there, in the container only the program's user reads them."
  }
  assert {
    condition     = alltrue([for secret in ["mlops-api-keys", "mlops-serving-password"] : strcontains(output.fetch_secrets, "secrets/${secret}/versions/latest:access")])
    error_message = "No secret is in what Terraform knows: the machine fetches them."
  }
  assert {
    condition     = !strcontains(output.unit, "--env ") && !strcontains(output.unit, "--env-file /run") && strcontains(output.cloud_config, "MLFLOW_TRACKING_PASSWORD_FILE=/run/mlops/secrets/password") && !strcontains(output.cloud_config, "MLFLOW_TRACKING_PASSWORD=")
    error_message = "The program's environment names files; what they hold is not in it."
  }
}

run "secrets_are_brought_again" {
  command = plan

  assert {
    condition     = strcontains(output.cloud_config, "OnUnitActiveSec=5min") && strcontains(output.unit, "--volume /run/mlops/secrets:/run/mlops/secrets:ro")
    error_message = "Every five minutes, into a folder that the program sees."
  }
}

run "too_small_machines_are_refused" {
  command = plan
  variables {
    machine_type = "e2-micro"
  }
  expect_failures = [var.machine_type]
}

run "too_small_disks_are_refused" {
  command = plan
  variables {
    disk_size_gb = 5
  }
  expect_failures = [var.disk_size_gb]
}

run "another_operating_system_is_refused" {
  command = plan
  variables {
    os_family = "ubuntu-2204-lts"
  }
  expect_failures = [var.os_family]
}

run "no_machine_at_all_is_refused" {
  command = plan
  variables {
    instances = { min = 0, max = 1 }
  }
  expect_failures = [var.instances]
}

run "settings_cannot_break_out_of_their_line" {
  command = plan
  variables {
    env = { TITLE = "iris\nAPI_KEYS_FILE=/etc/passwd" }
  }
  expect_failures = [var.env]
}

# Against the mocked provider: what is known only after making it arrives where it is needed.
run "an_apply_waits_for_machines" {
  command = apply
  override_data {
    target = data.google_compute_image.main
    values = { self_link = "projects/cos-cloud/global/images/cos-stable-1" }
  }

  assert {
    condition     = google_compute_region_instance_group_manager.main.target_size == 2
    error_message = "A group that begins without machines is healthy at once, and nobody would have waited."
  }
}

run "a_new_operating_system_or_the_autoscaler_changes_nothing" {
  command = apply
  variables {
    instances = { min = 3, max = 4 }
  }
  override_data {
    target = data.google_compute_image.main
    values = { self_link = "projects/cos-cloud/global/images/cos-stable-2" }
  }

  assert {
    condition     = google_compute_instance_template.main.disk[0].source_image == "projects/cos-cloud/global/images/cos-stable-1"
    error_message = "The machines would be replaced because Google has published an image."
  }
  assert {
    condition     = google_compute_region_instance_group_manager.main.target_size == 2 && one(google_compute_region_autoscaler.main.autoscaling_policy).min_replicas == 3
    error_message = "The autoscaler alone says how many there are."
  }
}

run "a_group_that_was_made_is_healed_scaled_and_balanced" {
  command = apply

  assert {
    condition     = one(google_compute_region_instance_group_manager.main.version).instance_template == google_compute_instance_template.main.self_link_unique && one(google_compute_region_instance_group_manager.main.auto_healing_policies).health_check == google_compute_health_check.alive.id
    error_message = "The group makes machines of this template, and asks them this question."
  }
  assert {
    condition     = google_compute_region_autoscaler.main.target == google_compute_region_instance_group_manager.main.id && output.backend_group == google_compute_region_instance_group_manager.main.instance_group
    error_message = "This group is scaled, and gets the requests."
  }
}
