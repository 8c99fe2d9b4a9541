# The same environment on machines, with SSH through the proxy; PolicyTest looks at every resource in it.
mock_provider "google" {
  override_during = plan
  mock_data "google_project" {
    defaults = { number = "123456789", project_id = "acme-mlops-prod" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:storage-agent@gs-project-accounts.iam.gserviceaccount.com" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "one@acme-mlops-prod.iam.gserviceaccount.com", member = "serviceAccount:one@acme-mlops-prod.iam.gserviceaccount.com" }
  }
}

variables {
  runtime             = "mig"
  ssh_users           = ["user:ada@example.org"]
  project_id          = "acme-mlops-prod"
  image               = "europe-west1-docker.pkg.dev/acme-mlops-prod/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  project_image       = "europe-west1-docker.pkg.dev/acme-mlops-prod/mlops/iris@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  frozen_data         = "data/frozen.csv"
  drift_stage         = "drift"
  model               = { name = "IrisClassifier" }
  domains             = { api = "api.prod.example.org", tracking = "tracking.prod.example.org" }
  cors_origins        = ["https://app.prod.example.org"]
  notification_emails = ["team@example.org"]
  budget              = { billing_account = "01ABCD-23EF45-67890A", units = 150 }
  database_password   = "not-a-password-but-a-canary-0123456789"
}

run "plans" {
  command = plan

  assert {
    condition     = strcontains(output.main.ssh_command, "--tunnel-through-iap") && output.main.api_revision == null
    error_message = "Machines, and a way in."
  }
}
