variable "project_id" {
  type        = string
  description = "The project of the service accounts."
}

variable "prefix" {
  type        = string
  description = "What the names of the service accounts begin with."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}$", var.prefix))
    error_message = "The prefix has 2 to 19 small letters, digits and -, and begins with a letter: a service account's whole name has 30 at most."
  }
}

variable "accounts" {
  type        = map(string)
  description = "Name => what the program does."
}
