variable "project_id" {
  type        = string
  description = "The project to prepare."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is the id, such as acme-mlops-dev, neither the name nor the number; `gcloud projects list` prints it."
  }
}

variable "region" {
  type        = string
  description = "Region of everything."
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region is one such as europe-west1, without a zone's letter at the end."
  }
}

variable "name" {
  type        = string
  description = "What all names begin with."
  default     = "mlops"
}

variable "github" {
  type = object({
    name        = string
    id          = string
    owner_id    = string
    environment = string
  })
  description = "The repository whose workflows may plan and deploy here: owner/name, the numbers of both, and the GitHub environment (dev, staging, prod). null for none."
  default     = null
}

variable "image_readers" {
  type        = map(string)
  description = "Who else may pull images from here, such as the Cloud Run agents of the other environments' projects: any word => member."
  default     = {}
}
