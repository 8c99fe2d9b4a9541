# Like prod, but smaller: what passes here runs there.
module "platform" {
  source = "../../modules/platform"

  environment             = "staging"
  project_id              = var.project_id
  region                  = var.region
  runtime                 = var.runtime
  ssh_users               = var.ssh_users
  image                   = var.image
  model                   = var.model
  domains                 = var.domains
  cors_origins            = var.cors_origins
  allowed_ranges          = var.allowed_ranges
  tracking_allowed_ranges = var.tracking_allowed_ranges
  notification_emails     = var.notification_emails
  budget                  = var.budget
  traffic                 = var.traffic
  database_password       = var.database_password
  runbook_url             = var.runbook_url
  only_known_images       = var.only_known_images
  collector_image         = var.collector_image
  jobs                    = local.jobs

  api      = { min_instances = 1, max_instances = 3 }
  database = { tier = "db-custom-1-3840", backups = 8 }
  cmek     = true

  deletion_protection = false
}

# Training by the clock. A stage of yours that looks for drift, and fails when it finds some, is a job of its own:
# failed, it is an alert. A project without such a stage has no such job.
locals {
  jobs = merge(
    var.project_image == null ? {} : { train = { image = var.project_image, args = ["repro", "--pull"], schedule = "0 2 * * 0" } },
    var.drift_stage == null ? {} : { drift = { image = var.project_image, args = ["repro", "--pull", var.drift_stage], schedule = "0 5 * * *" } },
  )
}
