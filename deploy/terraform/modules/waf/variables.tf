variable "project_id" {
  type        = string
  description = "The project of the policy."
}

variable "name" {
  type        = string
  description = "Name of the policy."
}

variable "allowed_ranges" {
  type        = list(string)
  description = "Networks that may call; null for everybody, who still needs a key."
  default     = null

  validation {
    condition     = var.allowed_ranges == null ? true : length(var.allowed_ranges) > 0 && length(var.allowed_ranges) <= 10
    error_message = "allowed_ranges takes 1 to 10 blocks, or null for everybody (who still needs a key). An empty list would let nobody in, or, in the API of Google, everybody: say which."
  }

  validation {
    condition     = var.allowed_ranges == null ? true : alltrue([for range in var.allowed_ranges : can(regex("^[0-9a-fA-F:.]+/[0-9]+$", range))])
    error_message = "allowed_ranges takes blocks such as 198.51.100.0/24 or 2001:db8::/32."
  }
}

variable "private_paths" {
  type        = list(string)
  description = "Paths, with all below them, that are answered 404 from outside."
  default     = []

  validation {
    condition     = alltrue([for path in var.private_paths : can(regex("^/[a-z0-9._/-]+$", path))])
    error_message = "private_paths begin with / and have small letters, digits, ., _, - and /, such as /metrics."
  }
}

variable "requests_per_minute" {
  type        = number
  description = "More from one address are answered 429; five times as many over five minutes shut it out for a while."
  default     = 600

  validation {
    condition     = var.requests_per_minute >= 10 && var.requests_per_minute <= 10000
    error_message = "requests_per_minute is 10 to 10000."
  }
}

variable "ban_seconds" {
  type        = number
  description = "How long a shut out address stays out."
  default     = 600
}

variable "preview" {
  type        = bool
  description = "The attack rules only write into the log what they would refuse. Look there for a week before turning it off."
  default     = false
}
