output "emails" {
  description = "Name => e-mail address."
  value       = { for name, account in google_service_account.main : name => account.email }
}

output "members" {
  description = "Name => member, for grants."
  value       = { for name, account in google_service_account.main : name => account.member }
}

output "ids" {
  description = "Name => id."
  value       = { for name, account in google_service_account.main : name => account.id }
}
