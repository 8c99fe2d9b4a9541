output "services" {
  description = "The APIs that are on; whoever needs one waits for this."
  value       = [for service in google_project_service.main : service.service]
}
