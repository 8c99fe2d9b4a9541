# A service, its secrets, and how traffic moves to a new revision.
mock_provider "google" {}

variables {
  project_id      = "acme-mlops-dev"
  region          = "europe-west1"
  name            = "mlops-dev-api"
  image           = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  args            = ["serve", "--host", "0.0.0.0", "--port", "8000"]
  port            = 8000
  service_account = "api@acme-mlops-dev.iam.gserviceaccount.com"
  network         = "n"
  subnetwork      = "s"
  instances       = { min = 1, max = 5 }
  startup_path    = "/health/live"
  liveness_path   = "/health/live"
  secret_env      = { MLFLOW_TRACKING_PASSWORD = { secret = "mlops-serving-password" } }
  secret_files    = { api-keys = { secret = "mlops-api-keys", path = "/secrets/api-keys/api-keys" } }
}

run "only_the_load_balancer_and_the_network_reach_it" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.main.ingress == "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" && google_cloud_run_v2_service.main.deletion_protection
    error_message = "Not from the internet, and not deleted by mistake."
  }
  assert {
    condition     = google_cloud_run_v2_service.main.template[0].service_account == var.service_account && google_cloud_run_v2_service.main.template[0].vpc_access[0].egress == "ALL_TRAFFIC"
    error_message = "An identity of its own; all it sends goes through the network."
  }
  assert {
    condition     = google_cloud_run_v2_service.main.template[0].containers[0].startup_probe[0].http_get[0].path == "/health/live" && google_cloud_run_v2_service.main.template[0].containers[0].liveness_probe[0].http_get[0].path == "/health/live"
    error_message = "Probes ask the paths given."
  }
}

run "secrets_are_named_not_written" {
  command = plan

  assert {
    condition     = one([for env in google_cloud_run_v2_service.main.template[0].containers[0].env : env.value_source[0].secret_key_ref[0].secret if env.name == "MLFLOW_TRACKING_PASSWORD"]) == "mlops-serving-password"
    error_message = "The value comes from Secret Manager."
  }
  assert {
    condition     = one([for volume in google_cloud_run_v2_service.main.template[0].volumes : volume.secret[0].secret if volume.name == "api-keys"]) == "mlops-api-keys" && one([for mount in google_cloud_run_v2_service.main.template[0].containers[0].volume_mounts : mount.mount_path if mount.name == "api-keys"]) == "/secrets/api-keys"
    error_message = "Keys are a file."
  }
}

run "all_traffic_goes_to_the_newest_revision" {
  command = plan

  assert {
    condition     = [for share in google_cloud_run_v2_service.main.traffic : share.percent] == [100]
    error_message = "One share of 100 %."
  }
}

run "a_canary_gets_its_share" {
  command = plan
  variables {
    traffic = { stable_revision = "mlops-dev-api-00007-abc", canary_percent = 5 }
  }

  assert {
    condition     = { for share in google_cloud_run_v2_service.main.traffic : share.tag => share.percent } == { stable = 95, canary = 5 }
    error_message = "5 % to the newest, 95 % to the one before."
  }
}

run "rolled_back_means_none_to_the_newest" {
  command = plan
  variables {
    traffic = { stable_revision = "mlops-dev-api-00007-abc", canary_percent = 0 }
  }

  assert {
    condition     = { for share in google_cloud_run_v2_service.main.traffic : share.tag => share.percent } == { stable = 100, canary = 0 }
    error_message = "Everything to the revision before."
  }
}

run "a_canary_without_a_stable_revision_is_refused" {
  command = plan
  variables {
    traffic = { canary_percent = 5 }
  }
  expect_failures = [var.traffic]
}

run "more_than_all_is_refused" {
  command = plan
  variables {
    traffic = { stable_revision = "r", canary_percent = 120 }
  }
  expect_failures = [var.traffic]
}

run "more_at_least_than_at_most_is_refused" {
  command = plan
  variables {
    instances = { min = 5, max = 2 }
  }
  expect_failures = [var.instances]
}
