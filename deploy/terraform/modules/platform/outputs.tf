output "project_id" {
  description = "The project."
  value       = data.google_project.main.project_id
}

output "region" {
  description = "The region."
  value       = var.region
}

output "api_url" {
  description = "The prediction API."
  value       = module.load_balancer.urls.api
}

output "tracking_url" {
  description = "The tracking server and its console; MLFLOW_TRACKING_URI of people and their programs."
  value       = module.load_balancer.urls.tracking
}

output "ip" {
  description = "Address that the DNS records of both domains point to."
  value       = module.load_balancer.ip
}

output "tracking_internal_url" {
  description = "The tracking server, for programs in the network."
  value       = local.tracking_uri
}

output "image" {
  description = "The image that runs, by digest."
  value       = var.image
}

output "tracking_image" {
  description = "That of the tracking server; another one while a rollout is not finished."
  value       = local.tracking_image
}

output "traffic" {
  description = "Shares of the traffic, as in the variable; stable_revision is null unless a rollout is not finished."
  value       = var.traffic
}

output "api_name" {
  description = "Name of the Cloud Run service or of the group of machines."
  value       = one(concat(module.api_cloud_run[*].name, module.api_mig[*].name))
}

output "api_revision" {
  description = "Revision of Cloud Run that is ready; null with machines."
  value       = one(module.api_cloud_run[*].revision)
}

output "ssh_command" {
  description = "How to log in to a machine, after its name is put in; null with Cloud Run."
  value       = var.runtime == "mig" ? "gcloud compute ssh $(gcloud compute instance-groups managed list-instances ${one(module.api_mig[*].name)} --region=${var.region} --project=${var.project_id} --format='value(NAME)' --limit=1) --tunnel-through-iap --project=${var.project_id}" : null
}

output "boot" {
  description = "What a machine does at boot; null with Cloud Run."
  value       = one([for group in module.api_mig : { fetch_secrets = group.fetch_secrets, unit = group.unit, cloud_config = group.cloud_config }])
}

output "buckets" {
  description = "Names of the buckets."
  value       = { artifacts = module.artifacts.name, data = module.data.name }
}

output "bucket_urls" {
  description = "Their gs:// addresses; that of data is the url of the remote storage."
  value       = { artifacts = module.artifacts.url, data = module.data.url }
}

output "database" {
  description = "Name of the Cloud SQL instance."
  value       = module.database.name
}

output "service_accounts" {
  description = "Program => e-mail address of its identity."
  value       = module.identity.emails
}

output "network" {
  description = "Names of the network and its subnet."
  value       = { network = module.network.network_name, subnetwork = module.network.subnetwork_name }
}

output "secrets" {
  description = "Names of the secrets; never what they hold."
  value       = var.secrets
}

output "jobs" {
  description = "Name => full name of each job."
  value       = module.jobs.names
}

output "alerts" {
  description = "Name => id of each alert."
  value       = module.monitoring.alerts
}
