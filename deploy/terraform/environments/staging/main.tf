# Like prod, but smaller: what passes here runs there.
module "platform" {
  source = "../../modules/platform"

  environment             = "staging"
  project_id              = var.project_id
  region                  = var.region
  runtime                 = var.runtime
  ssh_users               = var.ssh_users
  image                   = var.image
  tracking_image          = var.tracking_image
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

# By the clock. New data of imports come first: what else is in the image is the same at each run, so nothing would be
# done. Training goes as deploy/rollout/train says, whose lines these are. A stage of yours that looks for drift fails when
# it finds some. A job that failed is an alert; that of training fails when a model is refused, too.
locals {
  jobs = merge(
    var.project_image == null ? {} : { train = {
      image    = var.project_image
      command  = ["bash", "-c"]
      args     = [file("${path.module}/../../../rollout/train"), "train", var.model.name, var.frozen_data, "/tmp/trained"]
      schedule = "0 2 * * 0"
      env      = { ONLY_NEW = "1" }
      retries  = 0 # it would be refused again
    } },
    var.drift_stage == null ? {} : { drift = {
      image    = var.project_image
      command  = ["bash", "-c"]
      args     = ["set -e\nmlops update --recursive .\nmlops repro --pull \"$1\"", "drift", var.drift_stage]
      schedule = "0 5 * * *"
    } },
  )
}
