variable "project_id" {
  type        = string
  description = "The project that workflows act in."
}

variable "name" {
  type        = string
  description = "Name of the pool, and what the names of its identities begin with."
}

variable "environment" {
  type        = string
  description = "The GitHub environment whose jobs may apply changes."
}

variable "repository" {
  type = object({
    name     = string
    id       = string
    owner_id = string
  })
  description = "The repository: owner/name for people, and the numbers of both. `gh api repos/OWNER/NAME --jq '.id, .owner.id'` prints them."

  validation {
    condition     = can(regex("^[0-9]+$", var.repository.id)) && can(regex("^[0-9]+$", var.repository.owner_id))
    error_message = "repository.id and repository.owner_id are numbers: run `gh api repos/OWNER/NAME --jq '.id, .owner.id'`. Names would let whoever takes over a name deploy here."
  }
}

variable "roles" {
  type = object({
    planner = optional(set(string), [
      "roles/artifactregistry.reader",
      "roles/binaryauthorization.policyViewer",
      "roles/browser",
      "roles/cloudkms.viewer",
      "roles/cloudscheduler.viewer",
      "roles/cloudsql.viewer",
      "roles/compute.networkViewer", # which addresses Google's services have in the network
      "roles/compute.viewer",
      "roles/dns.reader",
      "roles/iam.securityReviewer",
      "roles/iam.workloadIdentityPoolViewer",
      "roles/logging.viewer",
      "roles/monitoring.viewer",
      "roles/pubsub.viewer",
      "roles/run.viewer",
      "roles/secretmanager.viewer",
      "roles/serviceusage.serviceUsageConsumer",
      "roles/storage.bucketViewer",
    ])
    deployer = optional(set(string), [
      "roles/artifactregistry.admin",
      "roles/binaryauthorization.policyEditor",
      "roles/browser",
      "roles/cloudkms.admin",
      "roles/cloudscheduler.admin",
      "roles/cloudsql.admin",
      "roles/compute.admin",
      "roles/dns.admin",
      "roles/iam.serviceAccountAdmin",
      "roles/iam.serviceAccountUser",
      "roles/logging.configWriter",
      "roles/monitoring.editor",
      "roles/resourcemanager.projectIamAdmin",
      "roles/run.admin",
      "roles/secretmanager.admin",
      "roles/servicenetworking.networksAdmin",
      "roles/serviceusage.serviceUsageConsumer",
      "roles/storage.admin",
    ])
  })
  description = "What each identity may do in the project. The deployer sets who may do what, so it is as mighty as an owner: guard the GitHub environment."
  default     = {}
}
