output "ip" {
  description = "The reserved address; point the domains to it."
  value       = google_compute_global_address.main.address
}

output "urls" {
  description = "Backend => its https address."
  value       = { for name, backend in var.backends : name => "https://${backend.domain}" }
  depends_on  = [google_compute_global_forwarding_rule.https]
}

output "url_map" {
  description = "Name of the URL map, which the metrics of requests carry."
  value       = google_compute_url_map.main.name
}

output "backend_services" {
  description = "Backend => name of its backend service, which the metrics of requests carry."
  value       = { for name, service in google_compute_backend_service.main : name => service.name }
}
