# What a bucket keeps.
mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  name       = "acme-mlops-dev-models"
  location   = "europe-west1"
}

run "live_objects_are_never_deleted_by_age" {
  command = plan

  assert {
    condition = alltrue([for rule in google_storage_bucket.main.lifecycle_rule :
    one(rule.condition).with_state == "ARCHIVED" if one(rule.action).type == "Delete"])
    error_message = "A Delete rule without with_state = ARCHIVED would delete the model that is served."
  }
  assert {
    condition     = one(google_storage_bucket.main.versioning).enabled && one(google_storage_bucket.main.soft_delete_policy).retention_duration_seconds == 30 * 86400
    error_message = "Replaced objects stay as versions, deleted ones can be brought back."
  }
}

run "nobody_outside_can_read" {
  command = plan

  assert {
    condition     = google_storage_bucket.main.public_access_prevention == "enforced" && google_storage_bucket.main.uniform_bucket_level_access && !google_storage_bucket.main.force_destroy
    error_message = "Public access is prevented, and the bucket is not destroyed with its contents."
  }
  assert {
    condition     = length(google_storage_bucket_iam_member.reader) == 0 && length(google_storage_bucket_iam_member.writer) == 0
    error_message = "Nobody has a right who was not named."
  }
}

run "rights_are_on_this_bucket_only" {
  command = plan
  variables {
    readers = { api = "serviceAccount:api@x.iam.gserviceaccount.com" }
    writers = { tracking = "serviceAccount:tracking@x.iam.gserviceaccount.com" }
    kms_key = "projects/p/locations/l/keyRings/r/cryptoKeys/k"
  }

  assert {
    condition     = google_storage_bucket_iam_member.reader["api"].role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.writer["tracking"].role == "roles/storage.objectUser"
    error_message = "Readers read, writers write; nobody administers."
  }
  assert {
    condition     = one(google_storage_bucket.main.encryption).default_kms_key_name == var.kms_key
    error_message = "The key given encrypts."
  }
}

run "a_window_too_short_to_roll_back_is_refused" {
  command = plan
  variables {
    keep_replaced_days = 1
  }
  expect_failures = [var.keep_replaced_days]
}

run "a_bad_name_is_refused" {
  command = plan
  variables {
    name = "Models!"
  }
  expect_failures = [var.name]
}
