output "id" {
  description = "Id of the repository."
  value       = google_artifact_registry_repository.main.id
}

output "url" {
  description = "Where to push: <url>/mlops:<tag>."
  value = join("/", [
    "${google_artifact_registry_repository.main.location}-docker.pkg.dev",
    google_artifact_registry_repository.main.project,
    google_artifact_registry_repository.main.repository_id,
  ])
}
