variable "project_id" {
  type        = string
  description = "The project of the secrets."
}

variable "region" {
  type        = string
  description = "Where the values are kept, and nowhere else."
}

variable "prefix" {
  type        = string
  description = "What every secret's name begins with."
}

variable "secrets" {
  type = map(object({
    about         = string
    rotation_days = optional(number, 90)
  }))
  description = "Name => what it holds, and after how many days someone is reminded to replace it."
}

variable "kms_key" {
  type        = string
  description = "Id of the key that encrypts the values; null for a key of Google's."
  default     = null
}

variable "rotation_topic" {
  type        = string
  description = "Id of the Pub/Sub topic that is told when a secret should be replaced; null for no reminders."
  default     = null
}

variable "first_rotation" {
  type        = string
  description = "When to remind first, such as 2027-01-01T00:00:00Z; needed with rotation_topic."
  default     = null

  validation {
    condition     = var.rotation_topic == null || var.first_rotation != null
    error_message = "rotation_topic needs first_rotation, the time of the first reminder, such as 2027-01-01T00:00:00Z."
  }
}

variable "destroy_after_days" {
  type        = number
  description = "A destroyed version can be brought back for so many days."
  default     = 7
}

variable "labels" {
  type        = map(string)
  description = "Labels of the secrets."
  default     = {}
}
