output "state_bucket" {
  description = "For `terraform init -backend-config=bucket=...` of the environment."
  value       = google_storage_bucket.state.name
}

output "images" {
  description = "Where images that run here are pushed, by people and by the deployer: <this>/mlops:<tag>."
  value       = module.registry.url
}

output "secrets" {
  description = "Names of the secrets, which add-secrets fills."
  value       = module.secrets.ids
}

output "github" {
  description = "What the workflows need as variables of the GitHub environment: who they are here, where states are, where images go."
  value = one([for github in module.github : {
    provider     = github.provider
    planner      = github.identities.planner
    deployer     = github.identities.deployer
    state_bucket = google_storage_bucket.state.name
    images       = module.registry.url
  }])
}
