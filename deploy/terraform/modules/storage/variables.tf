variable "project_id" {
  type        = string
  description = "The project of the bucket."
}

variable "name" {
  type        = string
  description = "Name of the bucket, unique in the world."

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.name))
    error_message = "A bucket's name has 3 to 63 small letters, digits, - and _, and begins and ends with a letter or digit."
  }
}

variable "location" {
  type        = string
  description = "Region of the bucket."
}

variable "kms_key" {
  type        = string
  description = "Id of the key that encrypts the objects; null for a key of Google's."
  default     = null
}

variable "readers" {
  type        = map(string)
  description = "Who may read objects of this bucket: any word => member."
  default     = {}
}

variable "writers" {
  type        = map(string)
  description = "Who may read, write and delete objects of this bucket: any word => member."
  default     = {}
}

variable "keep_replaced_days" {
  type        = number
  description = "Replaced and deleted versions go after so many days; live objects never do."
  default     = 90

  validation {
    condition     = var.keep_replaced_days >= 7
    error_message = "keep_replaced_days must be 7 or more: that long you can roll back to a replaced object."
  }
}

variable "undelete_days" {
  type        = number
  description = "What was deleted for good can still be brought back for so many days, 7 to 90; 0 turns that off."
  default     = 30

  validation {
    condition     = var.undelete_days == 0 || (var.undelete_days >= 7 && var.undelete_days <= 90)
    error_message = "undelete_days must be 7 to 90, or 0 for off."
  }
}

variable "access_log_bucket" {
  type        = string
  description = "Bucket that is told of every access; null where audit logs do."
  default     = null
}

variable "force_destroy" {
  type        = bool
  description = "`terraform destroy` may delete the bucket with everything in it."
  default     = false
}

variable "labels" {
  type        = map(string)
  description = "Labels of the bucket."
  default     = {}
}
