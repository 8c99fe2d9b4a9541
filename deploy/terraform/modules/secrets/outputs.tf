output "ids" {
  description = "Name => secret id, for gcloud and for the environments."
  value       = { for name, secret in google_secret_manager_secret.main : name => secret.secret_id }
}
