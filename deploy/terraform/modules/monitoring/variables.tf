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
  description = "What is asked from outside: name => host, path, and a text that the answer has. Nothing can be asked where only known networks may call, and nothing should be that is to sleep."
}

variable "load_balancer" {
  type = object({
    url_map  = string
    api      = string
    services = map(object({ backend = string, rules = optional(list(string), []) }))
  })
  description = "Names of the URL map and of the API's backend service, as their metrics carry them; and for each service of slo its backend service, with filters for the requests that count."
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
    days = number
    services = map(object({
      availability = optional(number)
      latency      = optional(object({ percent = number, milliseconds = number }))
    }))
  })
  description = "What callers were promised, in the words of deploy/slo.yaml: percent of requests without a server error, percent answered within so many milliseconds, over so many days."

  validation {
    condition     = alltrue(flatten([for service in var.slo.services : [for percent in [service.availability, try(service.latency.percent, null)] : percent == null ? true : percent > 0 && percent < 100]]))
    error_message = "A percentage of slo is above 0 and below 100, such as 99.5. With 100 there is no budget for errors, and nothing could ever be changed."
  }

  validation {
    condition     = toset(keys(var.slo.services)) == toset(keys(var.load_balancer.services))
    error_message = "Each service of slo (deploy/slo.yaml) needs its backend in load_balancer.services, and the other way round."
  }
}

variable "metrics" {
  type        = bool
  description = "The API's own metrics arrive in Managed Service for Prometheus, so its alerts on causes are made here too."
  default     = false
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
