variable "project_id" {
  type        = string
  description = "The project of the group."
}

variable "region" {
  type        = string
  description = "The region; the machines are spread over its zones."
}

variable "name" {
  type        = string
  description = "Name of the group, and what the names of its machines begin with."
}

variable "image" {
  type        = string
  description = "The image of mlops-core, by digest."
}

variable "args" {
  type        = list(string)
  description = "Arguments of the command mlops."
}

variable "env" {
  type        = map(string)
  description = "Settings, by the names of docs/reference/settings.md. Nothing secret."
  default     = {}

  validation {
    condition     = alltrue([for name, value in var.env : can(regex("^[A-Z][A-Z0-9_]*$", name)) && !can(regex("\n", value))])
    error_message = "A setting's name has capital letters, digits and _; its value no line ends."
  }
}

variable "api_keys_secret" {
  type        = string
  description = "Secret with the digests of the API keys."
}

variable "password_secret" {
  type        = string
  description = "Secret with the password for the tracking server."
}

variable "service_account" {
  type        = string
  description = "E-mail address of the machines' identity."
}

variable "subnetwork" {
  type        = string
  description = "Id of the subnet of the machines."
}

variable "instances" {
  type        = object({ min = number, max = number })
  description = "How many machines at least and at most."

  validation {
    condition     = var.instances.min >= 1 && var.instances.min <= var.instances.max
    error_message = "A group of machines needs at least 1, and max not below min. Only runtime = \"cloud_run\" goes down to 0."
  }
}

variable "machine_type" {
  type        = string
  description = "Type of the machines; 2 GB of memory or more."
  default     = "e2-small"

  validation {
    condition     = !contains(["e2-micro", "f1-micro", "g1-small"], var.machine_type)
    error_message = "machine_type must have 2 GB of memory or more, such as e2-small: the operating system, the agent for metrics and the program do not fit into less."
  }
}

variable "disk_size_gb" {
  type        = number
  description = "Size of the boot disk, in GB."
  default     = 20

  validation {
    condition     = var.disk_size_gb >= 10
    error_message = "disk_size_gb must be 10 or more: the operating system's image has 10 GB."
  }
}

variable "os_family" {
  type        = string
  description = "Family of Container-Optimized OS images; machines get the newest one with the next image of the program."
  default     = "cos-stable"

  validation {
    condition     = can(regex("^cos-", var.os_family))
    error_message = "os_family is one of Container-Optimized OS, such as cos-stable: what boots is written for it."
  }
}

variable "boot_seconds" {
  type        = number
  description = "A new machine is left alone for so many seconds before its health counts."
  default     = 120
}

variable "kms_key" {
  type        = string
  description = "Id of the key that encrypts the disks; null for a key of Google's."
  default     = null
}

variable "labels" {
  type        = map(string)
  description = "Labels of the machines."
  default     = {}
}
