variable "project_id" {
  type        = string
  description = "The project of the jobs."
}

variable "region" {
  type        = string
  description = "The region of the jobs."
}

variable "name" {
  type        = string
  description = "What the names of the jobs begin with."
}

variable "jobs" {
  type = map(object({
    image           = string
    command         = optional(list(string))
    args            = list(string)
    schedule        = optional(string)
    paused          = optional(bool, false)
    cpu             = optional(string, "2")
    memory          = optional(string, "4Gi")
    timeout_minutes = optional(number, 60)
    retries         = optional(number, 1)
    env             = optional(map(string), {})
  }))
  description = "Name => image by digest, arguments of mlops, or of command instead, and when, as cron says it; without schedule by hand only."

  validation {
    condition     = alltrue([for job in var.jobs : can(regex("@sha256:[0-9a-f]{64}$", job.image))])
    error_message = "A job's image is named by digest: .../image@sha256:<64 hex digits>. A tag may mean another image tomorrow."
  }

  validation {
    condition     = alltrue([for job in var.jobs : job.schedule == null || can(regex("^(\\S+ ){4}\\S+$", job.schedule))])
    error_message = "A schedule has five fields as in cron, such as \"0 3 * * 1\" for Mondays at three."
  }
}

variable "time_zone" {
  type        = string
  description = "Time zone of the schedules."
  default     = "Etc/UTC"
}

variable "env" {
  type        = map(string)
  description = "Settings of all jobs."
  default     = {}
}

variable "secret_files" {
  type        = map(object({ secret = string, path = string, version = optional(string, "latest") }))
  description = "Secrets that all jobs read as files: any word => secret and path, one folder each."
  default     = {}
}

variable "service_account" {
  type        = string
  description = "E-mail address of the jobs' identity."
}

variable "scheduler_account" {
  type        = string
  description = "E-mail address of the identity that starts them."
}

variable "network" {
  type        = string
  description = "Id of the network that their traffic goes through."
}

variable "subnetwork" {
  type        = string
  description = "Id of the subnet in it."
}

variable "admission_policy" {
  type        = bool
  description = "The project's policy of Binary Authorization decides which images may start."
  default     = false
}

variable "deletion_protection" {
  type        = bool
  description = "Terraform refuses to delete the jobs."
  default     = false
}

variable "labels" {
  type        = map(string)
  description = "Labels of the jobs."
  default     = {}
}
