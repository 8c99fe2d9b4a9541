# The plan of this environment as a whole; PolicyTest looks at every resource in it.
mock_provider "google" {
  override_during = plan
  mock_data "google_project" {
    defaults = { number = "123456789", project_id = "acme-mlops-staging" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:storage-agent@gs-project-accounts.iam.gserviceaccount.com" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "one@acme-mlops-staging.iam.gserviceaccount.com", member = "serviceAccount:one@acme-mlops-staging.iam.gserviceaccount.com" }
  }
}

variables {
  project_id          = "acme-mlops-staging"
  image               = "europe-west1-docker.pkg.dev/acme-mlops-staging/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  project_image       = "europe-west1-docker.pkg.dev/acme-mlops-staging/mlops/iris@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  frozen_data         = "data/frozen.csv"
  drift_stage         = "drift"
  model               = { name = "IrisClassifier" }
  domains             = { api = "api.staging.example.org", tracking = "tracking.staging.example.org" }
  cors_origins        = ["https://app.staging.example.org"]
  notification_emails = ["team@example.org"]
  budget              = { billing_account = "01ABCD-23EF45-67890A", units = 150 }
  database_password   = "not-a-password-but-a-canary-0123456789"
}

run "plans" {
  command = plan

  assert {
    condition     = output.main.api_url == "https://api.staging.example.org" && keys(output.main.jobs) == ["drift", "train"]
    error_message = "The API by its domain, and both jobs."
  }
  assert {
    condition     = alltrue([for job in local.jobs : strcontains(job.args[0], " update --recursive .\n")]) && strcontains(local.jobs.train.args[0], "models gate") && slice(local.jobs.train.args, 2, 4) == ["IrisClassifier", "data/frozen.csv"]
    error_message = "New data first; a model is judged, and registered if it passes."
  }
}

run "a_project_without_a_stage_for_drift_has_no_such_job" {
  command = plan
  variables {
    drift_stage = null
  }

  assert {
    condition     = keys(output.main.jobs) == ["train"]
    error_message = "It would fail every day."
  }
}

run "training_without_rows_to_judge_on_is_refused" {
  command = plan
  variables {
    frozen_data = null
  }
  expect_failures = [var.frozen_data]
}

run "a_stage_without_a_project_is_refused" {
  command = plan
  variables {
    project_image = null
  }
  expect_failures = [var.drift_stage]
}
