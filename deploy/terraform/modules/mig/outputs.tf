output "name" {
  description = "Name of the group."
  value       = google_compute_region_instance_group_manager.main.name
}

output "backend_group" {
  description = "The group of machines, for the load balancer."
  value       = google_compute_region_instance_group_manager.main.instance_group
}

output "fetch_secrets" {
  description = "The script that brings the secrets, as rendered; it holds none."
  value       = local.fetch_secrets
}

output "unit" {
  description = "The unit of systemd, as rendered."
  value       = local.unit
}

output "cloud_config" {
  description = "What a machine gets at boot."
  value       = local.cloud_config
}
