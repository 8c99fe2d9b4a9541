variable "project_id" {
  type        = string
  description = "The project of the service."
}

variable "region" {
  type        = string
  description = "The region of the service."
}

variable "name" {
  type        = string
  description = "Name of the service."
}

variable "image" {
  type        = string
  description = "The image, by digest."
}

variable "args" {
  type        = list(string)
  description = "Arguments of the command mlops, such as [\"serve\", \"--host\", \"0.0.0.0\"]."
}

variable "port" {
  type        = number
  description = "Port that the program listens on."
}

variable "http2" {
  type        = bool
  default     = false
  description = "Whether the program is spoken to by HTTP/2: only then may bodies be larger than 32 MiB."
}

variable "service_account" {
  type        = string
  description = "E-mail address of the program's identity."
}

variable "network" {
  type        = string
  description = "Id of the network that all its outgoing traffic goes through."
}

variable "subnetwork" {
  type        = string
  description = "Id of the subnet in it."
}

variable "instances" {
  type        = object({ min = number, max = number })
  description = "How many instances at least and at most; at least 0 costs nothing while nobody asks, and makes the first caller wait."

  validation {
    condition     = var.instances.min >= 0 && var.instances.max >= 1 && var.instances.min <= var.instances.max
    error_message = "instances: min is 0 or more, max is 1 or more and not below min."
  }
}

variable "cpu" {
  type        = string
  description = "Processors of an instance."
  default     = "1"
}

variable "memory" {
  type        = string
  description = "Memory of an instance, /tmp included."
  default     = "1Gi"
}

variable "cpu_idle" {
  type        = bool
  description = "Processors only while a request is answered; cheaper, but work in the background stands still meanwhile."
  default     = false
}

variable "tmp_size" {
  type        = string
  description = "Most that /tmp may take of the memory."
  default     = "128Mi"
}

variable "concurrency" {
  type        = number
  description = "Requests at a time before another instance is started."
  default     = 80
}

variable "timeout_seconds" {
  type        = number
  description = "Longest time that an answer may take."
  default     = 30
}

variable "env" {
  type        = map(string)
  description = "Settings, by the names of docs/reference/settings.md. Nothing secret."
  default     = {}
}

variable "secret_files" {
  type        = map(object({ secret = string, path = string, version = optional(string, "latest") }))
  description = "Secrets that the program reads as files: any word => secret and path, one folder each. None is in the environment, which crash reports and dumps show."
  default     = {}

  validation {
    condition     = length(distinct([for file in var.secret_files : dirname(file.path)])) == length(var.secret_files)
    error_message = "secret_files need a folder each, such as /secrets/api-keys/api-keys: a mounted secret is the whole folder."
  }
}

variable "collector" {
  type        = object({ image = string, config = string })
  description = "An OpenTelemetry Collector beside the program: its image, by digest, and its configuration in YAML; null for none."
  default     = null
}

variable "startup_path" {
  type        = string
  description = "Asked until it answers 200; then the instance gets requests."
}

variable "liveness_path" {
  type        = string
  description = "An instance that stops answering this is replaced."
}

variable "traffic" {
  type = object({
    stable_revision = optional(string)
    canary_percent  = optional(number, 100)
  })
  description = "All to the newest revision; or, with stable_revision, so many percent to the newest and the rest to that one. 0 rolls back."
  default     = {}

  validation {
    condition     = var.traffic.canary_percent >= 0 && var.traffic.canary_percent <= 100
    error_message = "traffic.canary_percent is 0 to 100."
  }

  validation {
    condition     = var.traffic.stable_revision != null || var.traffic.canary_percent == 100
    error_message = "traffic.canary_percent below 100 needs traffic.stable_revision, which gets the rest. `gcloud run revisions list` names the revisions."
  }
}

variable "admission_policy" {
  type        = bool
  description = "The project's policy of Binary Authorization decides which images may start."
  default     = false
}

variable "deletion_protection" {
  type        = bool
  description = "Terraform refuses to delete the service."
  default     = true
}

variable "labels" {
  type        = map(string)
  description = "Labels of the service and its revisions."
  default     = {}
}
