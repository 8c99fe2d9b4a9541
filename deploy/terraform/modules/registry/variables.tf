variable "project_id" {
  type        = string
  description = "The project of the repository."
}

variable "region" {
  type        = string
  description = "Where the images are kept: near to what runs them."
}

variable "name" {
  type        = string
  description = "Name of the repository, the last part of its address."
}

variable "kms_key" {
  type        = string
  description = "Id of the key that encrypts the images; null for a key of Google's."
  default     = null
}

variable "readers" {
  type        = map(string)
  description = "Who may pull from this repository, and from no other: any word => member."
  default     = {}
}

variable "writers" {
  type        = map(string)
  description = "Who may push to this repository: any word => member."
  default     = {}
}

variable "keep_count" {
  type        = number
  description = "So many newest versions of an image stay, however old."
  default     = 20
}

variable "delete_after_days" {
  type        = number
  description = "Older versions go after so many days, unless their tag begins with v."
  default     = 90
}

variable "labels" {
  type        = map(string)
  description = "Labels of the repository."
  default     = {}
}
