output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.main.name
}

output "uri" {
  description = "Address of the service, for what is in the network."
  value       = google_cloud_run_v2_service.main.uri
}

output "revision" {
  description = "The newest revision that is ready; name it in traffic.stable_revision before the next change."
  value       = basename(google_cloud_run_v2_service.main.latest_ready_revision) # of projects/.../revisions/NAME
}

output "backend_group" {
  description = "Id of the endpoint group, for the load balancer."
  value       = google_compute_region_network_endpoint_group.main.id
}
