# What each project needs first. Planned only: a test cannot take away again what says prevent_destroy.
mock_provider "google" {
  override_during = plan
  mock_data "google_project" {
    defaults = { number = "123456789", project_id = "acme-mlops-dev" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:storage-agent@gs-project-accounts.iam.gserviceaccount.com" }
  }
  mock_resource "google_kms_crypto_key" {
    defaults = { id = "projects/acme-mlops-dev/locations/europe-west1/keyRings/mlops-bootstrap/cryptoKeys/one" }
  }
  mock_resource "google_service_account" {
    defaults = { name = "projects/acme-mlops-dev/serviceAccounts/number-one@acme-mlops-dev.iam.gserviceaccount.com", member = "serviceAccount:one@acme-mlops-dev.iam.gserviceaccount.com" }
  }
}

variables {
  project_id = "acme-mlops-dev"
  github     = { name = "acme/models", id = "123456789", owner_id = "1234567", environment = "dev" }
}

run "plans" {
  command = plan

  assert {
    condition     = output.state_bucket == "acme-mlops-dev-terraform-state" && output.images == "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops"
    error_message = "Where states and images go."
  }
  assert {
    condition     = one(google_storage_bucket.state.versioning).enabled && google_storage_bucket.state.public_access_prevention == "enforced" && length(google_storage_bucket.state.encryption) == 1
    error_message = "States are versioned, private and encrypted with a key of one's own."
  }
  assert {
    condition     = one(google_storage_bucket.state.encryption).default_kms_key_name == module.kms.keys.state && google_pubsub_topic_iam_member.rotation.topic == google_pubsub_topic.rotation.name
    error_message = "States have their own key; reminders arrive."
  }
  assert {
    condition     = google_storage_bucket_iam_member.state["planner"].role == "roles/storage.objectViewer"
    error_message = "Who plans does not write states."
  }
  assert {
    condition     = output.github.images == output.images && output.github.state_bucket == output.state_bucket
    error_message = "A workflow learns where this project pulls images from, which is where it pushes them."
  }
  assert {
    condition     = keys(output.secrets) == ["api-keys", "serving-password", "tracking-auth", "tracking-database", "trainer-password"]
    error_message = "A place for every secret that an environment reads."
  }
  assert {
    condition     = timecmp(local.first_rotation, timeadd(plantimestamp(), "1000h")) > 0
    error_message = "Secret Manager takes no reminder that is over, whenever this is applied first."
  }
}

run "without_github" {
  command = plan
  variables {
    github = null
  }

  assert {
    condition     = output.github == null && length(google_storage_bucket_iam_member.state) == 0
    error_message = "Nobody from outside."
  }
}
