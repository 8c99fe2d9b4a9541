# What only you know. How large this environment is and what it insists on is in main.tf.

variable "project_id" {
  type        = string
  description = "The project of this environment."
}

variable "region" {
  type        = string
  description = "Region of everything."
  default     = "europe-west1"
}

variable "image" {
  type        = string
  description = "The image of mlops-core, by digest."
}

variable "tracking_image" {
  type        = string
  description = "The image of the tracking server during a rollout, by digest; null for image."
  default     = null
}

variable "project_image" {
  type        = string
  description = "The image of your project (mlops-core's with your dvc.yaml and code), by digest; null for no jobs."
  default     = null
}

variable "frozen_data" {
  type        = string
  description = "Table of your project that nothing is trained on: a new model is scored on it beside the champion."
  default     = null

  validation {
    condition     = var.project_image == null || var.frozen_data != null
    error_message = "Training needs frozen_data, a table in the project: without it no new model could be judged."
  }
}

variable "drift_stage" {
  type        = string
  description = "Stage of your project that looks for drift and fails when it finds some; null for no such job."
  default     = null

  validation {
    condition     = var.drift_stage == null || var.project_image != null
    error_message = "drift_stage is a stage of your project: give its image too, project_image."
  }
}

variable "model" {
  type        = object({ name = string, alias = optional(string, "champion") })
  description = "The registered model that is served."
}

variable "domains" {
  type        = object({ api = string, tracking = string })
  description = "Names of the prediction API and of the tracking server."
}

variable "cors_origins" {
  type        = list(string)
  description = "Origins of web pages that may call the API."
  default     = []
}

variable "allowed_ranges" {
  type        = list(string)
  description = "Networks that may call the API; null for everybody, who still needs a key."
  default     = null
}

variable "tracking_allowed_ranges" {
  type        = list(string)
  description = "Networks that may reach the tracking server; null for everybody, who still has to log in."
  default     = null
}

variable "notification_emails" {
  type        = set(string)
  description = "Addresses that alerts are sent to."
}

variable "budget" {
  type        = object({ billing_account = string, units = number, currency = optional(string, "EUR") })
  description = "Money for a month; null for no budget."
  default     = null
}

variable "only_known_images" {
  type        = bool
  description = "Cloud Run refuses images of other registries than those named here; one policy for the whole project."
  default     = false
}

variable "runtime" {
  type        = string
  description = "What answers predictions: cloud_run or mig, a group of machines."
  default     = "cloud_run"
}

variable "ssh_users" {
  type        = list(string)
  description = "Who may log in to the machines of runtime = \"mig\", such as user:you@example.org."
  default     = []
}

variable "traffic" {
  type        = object({ stable_revision = optional(string), canary_percent = optional(number, 100) })
  description = "Share of the newest revision; the rest goes to stable_revision. 0 rolls back."
  default     = {}
}

variable "database_password" {
  type        = string
  description = "Password of the database's user, for the first apply only: TF_VAR_database_password."
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "collector_image" {
  type        = string
  description = "Image of the OpenTelemetry Collector, by digest, for the alerts on the model; null for none."
  default     = null
}

variable "runbook_url" {
  type        = string
  description = "Page that every alert links to."
  default     = "docs/runbook.md"
}
