# Small, cheap, and quickly thrown away: the API sleeps while nobody asks.
module "platform" {
  source = "../../modules/platform"

  environment             = "dev"
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

  api         = { min_instances = var.runtime == "mig" ? 1 : 0, max_instances = 2 }
  database    = { tier = "db-f1-micro", backups = 3 }
  waf_preview = true

  deletion_protection   = false
  force_destroy_buckets = true
}

# By hand only: gcloud run jobs execute mlops-dev-train. New data of imports come first: what else is in the image is the
# same at each run, so nothing would be done. Training goes as deploy/rollout/train says, whose lines these are. A stage of
# yours that looks for drift fails when it finds some. A job that failed is an alert, that of a refused model too.
locals {
  jobs = merge(
    var.project_image == null ? {} : { train = {
      image   = var.project_image
      command = ["bash", "-c"]
      args    = [file("${path.module}/../../../rollout/train"), "train", var.model.name, var.frozen_data, "/tmp/trained"]
      env     = { ONLY_NEW = "1" }
      retries = 0 # it would be refused again
    } },
    var.drift_stage == null ? {} : { drift = {
      image   = var.project_image
      command = ["bash", "-c"]
      args    = ["set -e\nmlops update --recursive .\nmlops repro --pull \"$1\"", "drift", var.drift_stage]
    } },
  )
}
