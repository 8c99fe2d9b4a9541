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

variable "delete_after_days" {
  type        = number
  description = "What has no tag goes after so many days."
  default     = 90
}

variable "labels" {
  type        = map(string)
  description = "Labels of the repository."
  default     = {}
}
