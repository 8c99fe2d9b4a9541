variable "project_id" {
  type        = string
  description = "The project that is watched."
}

variable "name" {
  type        = string
  description = "What the names of alerts, checks and the dashboard begin with."
}

variable "emails" {
  type        = set(string)
  description = "Addresses that alerts are sent to."
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@\\s:]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "emails takes addresses such as team@example.org, without \"email:\" before them."
  }
}

variable "channels" {
  type        = list(string)
  description = "Ids of channels made elsewhere, such as a pager's."
  default     = []

  validation {
    condition     = length(var.emails) + length(var.channels) > 0
    error_message = "Alerts that nobody is told of help nobody: give at least one address in emails, or one channel."
  }
}

variable "uptime" {
  type        = map(object({ host = string, path = string, content = string }))
  description = "What is asked from outside: name => host, path, and a text that the answer has. Nothing can be asked where only known networks may call."
}

variable "load_balancer" {
  type        = object({ url_map = string, backend_service = string })
  description = "Names of the URL map and of the backend service of the API, as their metrics carry them."
}

variable "runtime" {
  type = object({
    kind          = string
    name          = string
    min_instances = number
    max_instances = number
  })
  description = "What runs the API: cloud_run or mig, its name, and how many instances there may be."
}

variable "tracking_service" {
  type        = string
  description = "Name of the Cloud Run service of the tracking server."
}

variable "database_id" {
  type        = string
  description = "The database, as project:instance."
}

variable "slo" {
  type = object({
    availability = optional(number, 0.995)
    latency      = optional(number, 0.99)
    latency_ms   = optional(number, 100)
  })
  description = "Share of requests without a server error, and share answered within so many milliseconds, over 28 days."
  default     = {}

  validation {
    condition     = var.slo.availability > 0 && var.slo.availability < 1 && var.slo.latency > 0 && var.slo.latency < 1
    error_message = "slo.availability and slo.latency are shares above 0 and below 1, such as 0.995. With 1 there is no budget for errors, and nothing could ever be changed."
  }
}

variable "runbook_url" {
  type        = string
  description = "Page that says what to do; each alert links to its part of it."
  default     = "docs/runbook.md"
}

variable "labels" {
  type        = map(string)
  description = "Labels of alerts and channels."
  default     = {}
}
