output "name" {
  description = "Name of the bucket."
  value       = google_storage_bucket.main.name
}

output "url" {
  description = "gs:// address of the bucket."
  value       = google_storage_bucket.main.url
}
