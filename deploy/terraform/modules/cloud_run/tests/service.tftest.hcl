# A service, its secrets, and how traffic moves to a new revision.
mock_provider "google" {
  mock_resource "google_cloud_run_v2_service" {
    defaults = { latest_ready_revision = "projects/acme-mlops-dev/locations/europe-west1/services/mlops-dev-api/revisions/mlops-dev-api-00001-abc" }
  }
}

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

run "secrets_are_files_and_named_not_written" {
  command = plan
  variables {
    env = { API_KEYS_FILE = "/secrets/api-keys/api-keys" }
  }

  assert {
    condition     = alltrue([for env in google_cloud_run_v2_service.main.template[0].containers[0].env : length(env.value_source) == 0])
    error_message = "None is in the environment."
  }
  assert {
    condition     = one([for volume in google_cloud_run_v2_service.main.template[0].volumes : volume.secret[0].secret if volume.name == "api-keys"]) == "mlops-api-keys" && one([for mount in google_cloud_run_v2_service.main.template[0].containers[0].volume_mounts : mount.mount_path if mount.name == "api-keys"]) == "/secrets/api-keys"
    error_message = "Keys are a file."
  }
}

run "a_program_of_large_files_is_spoken_to_by_http2" {
  command = plan
  variables {
    http2 = true
  }

  assert {
    condition     = google_cloud_run_v2_service.main.template[0].containers[0].ports[0].name == "h2c"
    error_message = "Cloud Run refuses more than 32 MiB over HTTP/1."
  }
}

run "two_secrets_in_one_folder_are_refused" {
  command = plan
  variables {
    secret_files = {
      api-keys = { secret = "mlops-api-keys", path = "/secrets/api-keys" }
      password = { secret = "mlops-serving-password", path = "/secrets/password" }
    }
  }
  expect_failures = [var.secret_files]
}

# Against the mocked provider: a revision is ready, the next one gets a share, and is taken back.
run "a_first_revision_gets_everything" {
  command = apply

  assert {
    condition     = output.backend_group == google_compute_region_network_endpoint_group.main.id && google_compute_region_network_endpoint_group.main.cloud_run[0].service == google_cloud_run_v2_service.main.name
    error_message = "The load balancer sends to this service."
  }
  assert {
    condition     = output.revision == "mlops-dev-api-00001-abc"
    error_message = "A share of the traffic, and a series of metrics, name a revision without its project."
  }
}

run "the_next_one_gets_a_share" {
  command = apply
  variables {
    image   = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    traffic = { stable_revision = run.a_first_revision_gets_everything.revision, canary_percent = 5 }
  }

  assert {
    condition     = { for share in google_cloud_run_v2_service.main.traffic : share.tag => share.percent } == { stable = 95, canary = 5 } && google_cloud_run_v2_service.main.traffic[0].revision == run.a_first_revision_gets_everything.revision
    error_message = "The revision that was ready keeps the rest."
  }
}

run "and_is_rolled_back" {
  command = apply
  variables {
    image   = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    traffic = { stable_revision = run.a_first_revision_gets_everything.revision, canary_percent = 0 }
  }

  assert {
    condition     = { for share in google_cloud_run_v2_service.main.traffic : share.tag => share.percent } == { stable = 100, canary = 0 }
    error_message = "Nobody gets to the new one."
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
