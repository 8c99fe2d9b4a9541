output "policy" {
  description = "Id of the policy, for backends."
  value       = google_compute_security_policy.main.id
}
