variable "project_id" {
  type        = string
  description = "The project of the key ring."
}

variable "location" {
  type        = string
  description = "Where the keys live; a bucket or database can only use keys of its own location."
}

variable "name" {
  type        = string
  description = "Name of the key ring. A ring cannot be deleted, so the name is taken for ever."
}

variable "users" {
  type        = map(map(string))
  description = "For each key, who may encrypt with it: any word => member, such as {storage = {agent = \"serviceAccount:...\"}}."
}

variable "rotation_days" {
  type        = number
  description = "A new version of each key after so many days; old ones still decrypt."
  default     = 90

  validation {
    condition     = var.rotation_days >= 1 && var.rotation_days <= 365
    error_message = "rotation_days must be 1 to 365; 90 is what auditors ask for."
  }
}

variable "labels" {
  type        = map(string)
  description = "Labels of the keys."
  default     = {}
}
