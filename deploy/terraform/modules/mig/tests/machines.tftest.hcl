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
    condition = alltrue([for option in ["--user 65532:65532", "--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "@sha256:1111"] :
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

run "secrets_are_fetched_into_memory_for_one_user" {
  command = plan

  assert {
    condition     = strcontains(output.fetch_secrets, "chmod 0400 /run/mlops/keys/.new") && strcontains(output.fetch_secrets, "umask 077") && !strcontains(output.fetch_secrets, "0644")
    error_message = "Only the program's user reads the keys."
  }
  assert {
    condition     = !strcontains(output.unit, "API_KEY=") && strcontains(output.fetch_secrets, "secrets/mlops-api-keys/versions/latest:access")
    error_message = "No secret is in what Terraform knows: the machine fetches them."
  }
}

run "keys_are_brought_again" {
  command = plan

  assert {
    condition     = strcontains(output.cloud_config, "OnUnitActiveSec=5min") && strcontains(output.unit, "--volume /run/mlops/keys:/run/mlops/keys:ro")
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

run "settings_cannot_break_out_of_the_script" {
  command = plan
  variables {
    env = { TITLE = "it's" }
  }
  expect_failures = [var.env]
}
