terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region

  # Some APIs, such as that of budgets, want to know whose quota a person's call counts against.
  user_project_override = true
  billing_project       = var.project_id
}
