output "network" {
  description = "Id of the network."
  value       = google_compute_network.main.id
}

output "network_name" {
  description = "Name of the network."
  value       = google_compute_network.main.name
}

output "subnetwork" {
  description = "Id of the subnet."
  value       = google_compute_subnetwork.main.id
}

output "subnetwork_name" {
  description = "Name of the subnet."
  value       = google_compute_subnetwork.main.name
}

output "services_network" {
  description = "Id of the network, known once Google's services can get addresses in it."
  value       = google_compute_network.main.id
  depends_on  = [google_service_networking_connection.services]
}
