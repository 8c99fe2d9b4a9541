variable "project_id" {
  type        = string
  description = "The project of the load balancer."
}

variable "name" {
  type        = string
  description = "Name of the load balancer, and what the names of its parts begin with."
}

variable "backends" {
  type = map(object({
    domain          = string
    group           = string
    policy          = string
    machines        = optional(bool, false)
    timeout_seconds = optional(number, 30)
    counted         = optional(list(string), [])
  }))
  description = "For each: its domain, endpoint or instance group, security policy, whether it is a group of machines, whose health is asked for, and paths whose requests the metrics tell apart (label matched_url_path_rule)."

  validation {
    condition     = alltrue([for backend in var.backends : can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", backend.domain))])
    error_message = "A domain is a name such as api.example.org: no scheme, no path, small letters. A certificate needs one, so there is no load balancer without."
  }

  validation {
    condition     = length(distinct([for backend in var.backends : backend.domain])) == length(var.backends)
    error_message = "Each backend needs a domain of its own, such as api.example.org and tracking.example.org."
  }
}

variable "default_backend" {
  type        = string
  description = "Whoever comes by another name is sent to this one's domain."
}

variable "log_sample_rate" {
  type        = number
  description = "Share of the requests that are logged; SLOs do not depend on it."
  default     = 1

  validation {
    condition     = var.log_sample_rate >= 0 && var.log_sample_rate <= 1
    error_message = "log_sample_rate is 0 to 1."
  }
}

variable "labels" {
  type        = map(string)
  description = "Labels of the forwarding rules."
  default     = {}
}
