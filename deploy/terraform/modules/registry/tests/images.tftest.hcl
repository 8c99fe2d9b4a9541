mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  region     = "europe-west1"
  name       = "mlops"
  readers    = { api = "serviceAccount:api@x.iam.gserviceaccount.com" }
  writers    = { deployer = "serviceAccount:deployer@x.iam.gserviceaccount.com" }
}

run "tags_do_not_move_and_rights_are_on_this_repository" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository.main.docker_config[0].immutable_tags && alltrue([for policy in google_artifact_registry_repository.main.cleanup_policies : policy.action == "DELETE" && one(policy.condition).tag_state == "UNTAGGED"])
    error_message = "What was pushed stays what it is, and stays: nothing that has a tag can be deleted."
  }
  assert {
    condition     = google_artifact_registry_repository_iam_member.reader["api"].role == "roles/artifactregistry.reader" && google_artifact_registry_repository_iam_member.writer["deployer"].role == "roles/artifactregistry.writer"
    error_message = "Readers pull, writers push."
  }
  assert {
    condition     = output.url == "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops"
    error_message = "Where to push."
  }
}
