variable "project_id" {
  type        = string
  description = "The project of the database."
}

variable "region" {
  type        = string
  description = "The region of the database."
}

variable "name" {
  type        = string
  description = "Name of the instance; a deleted instance's name is taken for a week."
}

variable "network" {
  type        = string
  description = "Id of the network that has an address for it; take `services_network` of the module network."
}

variable "zone" {
  type        = string
  description = "Private DNS zone; the database is `database.<zone>`."
  default     = "mlops.internal"
}

variable "postgres_version" {
  type        = string
  description = "Version of PostgreSQL."
  default     = "POSTGRES_17"

  validation {
    condition     = can(regex("^POSTGRES_(1[4-9])$", var.postgres_version))
    error_message = "postgres_version is POSTGRES_14 or later, such as POSTGRES_17."
  }
}

variable "tier" {
  type        = string
  description = "Machine type, such as db-f1-micro or db-custom-2-7680 (2 processors, 7680 MiB)."
  default     = "db-custom-1-3840"

  validation {
    condition     = can(regex("^db-", var.tier))
    error_message = "tier begins with db-, such as db-custom-2-7680."
  }
}

variable "high_availability" {
  type        = bool
  description = "A second machine in another zone takes over when the first fails; costs twice as much."
  default     = false
}

variable "disk_size_gb" {
  type        = number
  description = "Disk at first, in GB; it grows by itself."
  default     = 10
}

variable "disk_limit_gb" {
  type        = number
  description = "It does not grow beyond so many GB."
  default     = 200
}

variable "backups" {
  type        = number
  description = "So many daily backups are kept; any second can be brought back for one day less, and for a week at most."
  default     = 14

  validation {
    condition     = var.backups >= 2 && var.backups <= 365 && floor(var.backups) == var.backups
    error_message = "backups is 2 to 365: Cloud SQL wants more daily backups than days of the log that leads to any second, and of those there is one at least."
  }
}

variable "databases" {
  type        = set(string)
  description = "Databases: the tracking store, and the users of the tracking server."
  default     = ["mlflow", "mlflow_auth"]
}

variable "password" {
  type        = string
  description = "Password of the user mlops; needed at the first apply only."
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = var.password == null ? true : length(var.password) >= 24
    error_message = "The password needs 24 characters or more; `openssl rand -hex 24` makes one."
  }
}

variable "kms_key" {
  type        = string
  description = "Id of the key that encrypts the disk and the backups; null for a key of Google's."
  default     = null
}

variable "deletion_protection" {
  type        = bool
  description = "Neither Terraform nor anybody else can delete it."
  default     = true
}

variable "labels" {
  type        = map(string)
  description = "Labels of the instance."
  default     = {}
}
