mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  region     = "europe-west1"
  prefix     = "mlops"
  secrets    = { api-keys = { about = "Digests of keys" } }
}

run "a_secret_is_a_place_without_a_value" {
  command = plan

  assert {
    condition     = google_secret_manager_secret.main["api-keys"].secret_id == "mlops-api-keys" && google_secret_manager_secret.main["api-keys"].version_destroy_ttl == "604800s"
    error_message = "Named by prefix; a destroyed version can be brought back for a week."
  }
}

run "someone_is_reminded_to_replace_it" {
  command = plan
  variables {
    rotation_topic = "projects/acme-mlops-dev/topics/rotation"
    first_rotation = "2027-01-01T00:00:00Z"
    kms_key        = "projects/p/locations/l/keyRings/r/cryptoKeys/k"
  }

  assert {
    condition     = google_secret_manager_secret.main["api-keys"].rotation[0].rotation_period == "7776000s" && google_secret_manager_secret.main["api-keys"].topics[0].name == var.rotation_topic
    error_message = "Every 90 days the topic is told."
  }
  assert {
    condition     = google_secret_manager_secret.main["api-keys"].replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name == var.kms_key
    error_message = "The key given encrypts."
  }
}

run "a_reminder_needs_a_first_time" {
  command = plan
  variables {
    rotation_topic = "projects/acme-mlops-dev/topics/rotation"
  }
  expect_failures = [var.first_rotation]
}
