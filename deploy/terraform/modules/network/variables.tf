variable "project_id" {
  type        = string
  description = "The project of the network."
}

variable "region" {
  type        = string
  description = "The region of the subnet and the NAT."
}

variable "name" {
  type        = string
  description = "Name of the network, and what the names in it begin with."
}

variable "subnet_range" {
  type        = string
  description = "Addresses of the subnet."
  default     = "10.0.1.0/24"

  validation {
    condition     = can(cidrhost(var.subnet_range, 0)) && can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.subnet_range))
    error_message = "subnet_range must be a private block such as 10.0.1.0/24."
  }
}

variable "service_account" {
  type        = string
  description = "E-mail address of the identity of the machines that the rules let in to."
}

variable "load_balanced" {
  type        = bool
  description = "Machines take requests from the load balancer on port 8000."
  default     = false
}

variable "iap_ssh" {
  type        = bool
  description = "Machines take SSH through the Identity-Aware Proxy."
  default     = false
}

variable "ssh_ranges" {
  type        = list(string)
  description = "Networks that may use SSH without the proxy; empty means none."
  default     = []

  validation {
    condition     = alltrue([for range in var.ssh_ranges : can(cidrhost(range, 0)) && try(tonumber(split("/", range)[1]), 0) >= 16])
    error_message = "ssh_ranges takes blocks of /16 or smaller, such as 198.51.100.0/24. 0.0.0.0/0 would offer SSH to the whole internet; leave the list empty and use ssh_users, who come through the Identity-Aware Proxy."
  }
}
