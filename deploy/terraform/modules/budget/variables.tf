variable "billing_account" {
  type        = string
  description = "Number of the billing account."

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account looks like 01ABCD-23EF45-67890A; `gcloud billing accounts list` prints it."
  }
}

variable "project_number" {
  type        = string
  description = "Number of the project whose costs count."
}

variable "name" {
  type        = string
  description = "Name of the budget."
}

variable "amount" {
  type        = object({ units = number, currency = string })
  description = "Money for a month, in the billing account's currency."

  validation {
    condition     = var.amount.units > 0 && floor(var.amount.units) == var.amount.units && can(regex("^[A-Z]{3}$", var.amount.currency))
    error_message = "amount has whole units above 0 and a currency of three capital letters, such as {units = 100, currency = \"EUR\"}."
  }
}

variable "channels" {
  type        = list(string)
  description = "Ids of the notification channels that are told, five at most."

  validation {
    condition     = length(var.channels) <= 5
    error_message = "A budget tells five channels at most."
  }
}
