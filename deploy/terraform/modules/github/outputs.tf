output "provider" {
  description = "Full name of the provider, for google-github-actions/auth."
  value       = google_iam_workload_identity_pool_provider.main.name
}

output "identities" {
  description = "planner and deployer => e-mail address of the service account."
  value       = { for name, account in google_service_account.main : name => account.email }
}

output "members" {
  description = "planner and deployer => member, for grants on one resource."
  value       = { for name, account in google_service_account.main : name => account.member }
}
