# The whole of an environment: what it runs, who may do what, and what it refuses.
mock_provider "google" {
  override_during = plan
  mock_data "google_project" {
    defaults = { number = "123456789", project_id = "acme-mlops-dev" }
  }
  mock_resource "google_compute_global_address" {
    defaults = { address = "203.0.113.7" }
  }
  mock_resource "google_storage_bucket" {
    defaults = { url = "gs://bucket" }
  }
  mock_resource "google_kms_crypto_key" {
    defaults = { id = "projects/p/locations/l/keyRings/r/cryptoKeys/k" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:storage-agent@gs-project-accounts.iam.gserviceaccount.com" }
  }
}

override_resource {
  target          = module.identity.google_service_account.main["api"]
  override_during = plan
  values          = { email = "api@x.iam.gserviceaccount.com", member = "serviceAccount:api@x.iam.gserviceaccount.com", id = "projects/acme-mlops-dev/serviceAccounts/mlops-dev-api@x.iam.gserviceaccount.com" }
}
override_resource {
  target          = module.identity.google_service_account.main["tracking"]
  override_during = plan
  values          = { email = "tracking@x.iam.gserviceaccount.com", member = "serviceAccount:tracking@x.iam.gserviceaccount.com", id = "projects/acme-mlops-dev/serviceAccounts/mlops-dev-tracking@x.iam.gserviceaccount.com" }
}
override_resource {
  target          = module.identity.google_service_account.main["trainer"]
  override_during = plan
  values          = { email = "trainer@x.iam.gserviceaccount.com", member = "serviceAccount:trainer@x.iam.gserviceaccount.com", id = "projects/acme-mlops-dev/serviceAccounts/mlops-dev-trainer@x.iam.gserviceaccount.com" }
}
override_resource {
  target          = module.identity.google_service_account.main["clock"]
  override_during = plan
  values          = { email = "clock@x.iam.gserviceaccount.com", member = "serviceAccount:clock@x.iam.gserviceaccount.com", id = "projects/acme-mlops-dev/serviceAccounts/mlops-dev-clock@x.iam.gserviceaccount.com" }
}

variables {
  project_id          = "acme-mlops-dev"
  environment         = "dev"
  image               = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  model               = { name = "IrisClassifier" }
  domains             = { api = "api.example.org", tracking = "tracking.example.org" }
  cors_origins        = ["https://app.example.org"]
  notification_emails = ["team@example.org"]
}

run "only_known_images_when_asked_for" {
  command = plan
  variables {
    only_known_images = true
    jobs              = { train = { image = "europe-west1-docker.pkg.dev/acme-mlops-dev/models/iris@sha256:2222222222222222222222222222222222222222222222222222222222222222", args = ["repro"] } }
  }

  assert {
    condition     = google_binary_authorization_policy.main[0].default_admission_rule[0].evaluation_mode == "ALWAYS_DENY" && toset([for pattern in google_binary_authorization_policy.main[0].admission_whitelist_patterns : pattern.name_pattern]) == toset(["europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/*", "europe-west1-docker.pkg.dev/acme-mlops-dev/models/*"])
    error_message = "The registries of the images that run, and no other."
  }
}

run "cloud_run_by_default" {
  command = plan

  assert {
    condition     = output.api_name == "mlops-dev-api" && output.ssh_command == null && length(module.api_mig) == 0
    error_message = "No machines to look after unless asked for."
  }
  assert {
    condition     = output.api_url == "https://api.example.org" && output.tracking_url == "https://tracking.example.org" && output.ip == "203.0.113.7"
    error_message = "Addresses begin with https, and the IP is the reserved one."
  }
}

run "the_api_is_told_all_it_needs" {
  command = plan

  assert {
    condition     = local.serve_env.ENVIRONMENT == "development" && local.serve_env.CORS_ORIGINS == "https://app.example.org" && local.serve_env.MLOPS_MODEL_NAME == "IrisClassifier" && local.serve_env.MLOPS_MODEL_ALIAS == "champion"
    error_message = "Environment, origins, model and alias."
  }
  assert {
    condition     = local.serve_env.MLFLOW_TRACKING_URI == "https://mlops-dev-tracking-123456789.europe-west1.run.app"
    error_message = "The tracking server is asked inside the network."
  }
  assert {
    condition     = local.serve_env.TRUSTED_PROXIES == "130.211.0.0/22,35.191.0.0/16,169.254.0.0/16,203.0.113.7/32"
    error_message = "Only Google's proxies are believed about who calls."
  }
}

# Nobody has a right on more than one resource, but for writing logs, metrics and traces.
run "each_identity_has_what_it_needs_and_no_more" {
  command = plan

  assert {
    condition = { for name, grant in google_secret_manager_secret_iam_member.reader : name => grant.member } == {
      "api/mlops-api-keys"               = "serviceAccount:api@x.iam.gserviceaccount.com"
      "api/mlops-serving-password"       = "serviceAccount:api@x.iam.gserviceaccount.com"
      "tracking/mlops-tracking-auth"     = "serviceAccount:tracking@x.iam.gserviceaccount.com"
      "tracking/mlops-tracking-database" = "serviceAccount:tracking@x.iam.gserviceaccount.com"
      "trainer/mlops-trainer-password"   = "serviceAccount:trainer@x.iam.gserviceaccount.com"
    }
    error_message = "Secrets are read one by one."
  }
  assert {
    condition     = length(google_artifact_registry_repository_iam_member.puller) == 0 && length(google_project_iam_member.tunnel) == 0
    error_message = "Cloud Run pulls images of its own project by itself, and there is no machine to log in to."
  }
}

run "images_of_another_project_may_be_pulled" {
  command = plan
  variables {
    image = "europe-west1-docker.pkg.dev/acme-images/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  }

  assert {
    condition     = google_artifact_registry_repository_iam_member.puller["cloud_run"].project == "acme-images" && google_artifact_registry_repository_iam_member.puller["cloud_run"].member == "serviceAccount:service-123456789@serverless-robot-prod.iam.gserviceaccount.com"
    error_message = "The agent of Cloud Run reads that one repository."
  }
}

run "machines_when_asked_for" {
  command = plan
  variables {
    runtime   = "mig"
    api       = { min_instances = 2 }
    ssh_users = ["user:ada@example.org"]
  }

  assert {
    condition     = length(module.api_cloud_run) == 0 && output.api_revision == null && strcontains(output.ssh_command, "--tunnel-through-iap")
    error_message = "A group of machines, reached through the Identity-Aware Proxy."
  }
  assert {
    condition     = google_artifact_registry_repository_iam_member.puller["api"].repository == "mlops"
    error_message = "The machines read the one repository that their image is in."
  }
  assert {
    condition     = google_project_iam_member.tunnel["user:ada@example.org"].condition[0].expression == "destination.port == 22" && strcontains(google_project_iam_member.login["user:ada@example.org"].condition[0].expression, "startsWith('mlops-dev-api')")
    error_message = "Port 22 of these machines."
  }
}

run "keys_of_ones_own_when_asked_for" {
  command = plan
  variables {
    cmek = true
  }

  assert {
    condition     = keys(module.kms[0].keys) == ["database", "disk", "storage"]
    error_message = "A key for each kind of data."
  }
}

run "money_is_watched_when_asked_for" {
  command = plan
  variables {
    budget = { billing_account = "01ABCD-23EF45-67890A", units = 100 }
  }

  assert {
    condition     = length(module.budget) == 1
    error_message = "A budget."
  }
}

run "known_networks_only_means_no_probes_from_outside" {
  command = plan
  variables {
    allowed_ranges          = ["198.51.100.0/24"]
    tracking_allowed_ranges = ["198.51.100.0/24"]
  }

  assert {
    condition     = !contains(keys(output.alerts), "uptime-api") && !contains(keys(output.alerts), "silence")
    error_message = "Probes that would be refused are not made."
  }
}

run "an_api_that_may_sleep_is_not_woken_every_minute" {
  command = plan
  variables {
    api = { min_instances = 0 }
  }

  assert {
    condition     = !contains(keys(output.alerts), "uptime-api") && !contains(keys(output.alerts), "silence") && contains(keys(output.alerts), "uptime-tracking")
    error_message = "An uptime check keeps an instance up, which costs what sleeping was to save."
  }
}

run "a_tag_is_no_image" {
  command = plan
  variables {
    image = "iris-api:latest"
  }
  expect_failures = [var.image]
}

run "a_zone_is_no_region" {
  command = plan
  variables {
    region = "europe-west1-a"
  }
  expect_failures = [var.region]
}

run "an_unknown_environment_is_refused" {
  command = plan
  variables {
    environment = "test"
  }
  expect_failures = [var.environment]
}

run "an_unknown_runtime_is_refused" {
  command = plan
  variables {
    runtime = "kubernetes"
  }
  expect_failures = [var.runtime]
}

run "every_origin_is_refused_in_prod" {
  command = plan
  variables {
    environment  = "prod"
    cors_origins = ["*"]
  }
  expect_failures = [var.cors_origins]
}

run "no_origin_is_refused_in_prod" {
  command = plan
  variables {
    environment  = "prod"
    cors_origins = []
  }
  expect_failures = [var.cors_origins]
}

run "an_origin_with_a_path_is_refused" {
  command = plan
  variables {
    cors_origins = ["https://app.example.org/"]
  }
  expect_failures = [var.cors_origins]
}

run "buckets_of_prod_are_not_destroyed_with_their_contents" {
  command = plan
  variables {
    environment           = "prod"
    force_destroy_buckets = true
  }
  expect_failures = [var.force_destroy_buckets]
}

run "secrets_among_settings_are_refused" {
  command = plan
  variables {
    api = { env = { API_KEY = "0123456789abcdef" } }
  }
  expect_failures = [var.api]
}

run "shares_of_traffic_are_not_for_machines" {
  command = plan
  variables {
    runtime = "mig"
    traffic = { stable_revision = "r", canary_percent = 5 }
  }
  expect_failures = [var.traffic]
}

run "everybody_is_no_ssh_user" {
  command = plan
  variables {
    runtime   = "mig"
    ssh_users = ["allAuthenticatedUsers"]
  }
  expect_failures = [var.ssh_users]
}

run "a_project_number_is_no_project_id" {
  command = plan
  variables {
    project_id = "123456789"
  }
  expect_failures = [var.project_id]
}

run "labels_of_another_form_are_refused" {
  command = plan
  variables {
    labels = { Team = "ML" }
  }
  expect_failures = [var.labels]
}
