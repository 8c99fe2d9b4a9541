output "name" {
  description = "Name of the instance, for gcloud sql."
  value       = google_sql_database_instance.main.name
}

output "instance_id" {
  description = "project:name, as metrics name it."
  value       = "${google_sql_database_instance.main.project}:${google_sql_database_instance.main.name}"
}

output "host" {
  description = "Name of the database in the network, known once databases and user are there."
  value       = trimsuffix(google_dns_record_set.main.name, ".")
  depends_on  = [google_sql_database.main, google_sql_user.main]
}
