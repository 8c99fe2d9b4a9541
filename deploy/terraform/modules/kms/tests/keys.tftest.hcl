mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  location   = "europe-west1"
  name       = "mlops-dev"
  users      = { storage = { agent = "serviceAccount:agent@gs-project-accounts.iam.gserviceaccount.com" } }
}

run "keys_rotate_and_their_users_may_use_them" {
  command = plan

  assert {
    condition     = google_kms_crypto_key.main["storage"].rotation_period == "7776000s"
    error_message = "A new version every 90 days."
  }
  assert {
    condition     = google_kms_crypto_key_iam_member.user["storage/agent"].role == "roles/cloudkms.cryptoKeyEncrypterDecrypter" && google_kms_crypto_key_iam_member.user["storage/agent"].member == var.users.storage.agent
    error_message = "Without the grant the bucket could not be made."
  }
}

run "keys_that_never_rotate_are_refused" {
  command = plan
  variables {
    rotation_days = 1000
  }
  expect_failures = [var.rotation_days]
}
