output "names" {
  description = "Name => full name of the job, for gcloud run jobs execute."
  value       = { for name, job in google_cloud_run_v2_job.main : name => job.name }
}
