# One environment, whole: from the network to the alerts. An environment's own folder says only what differs.
data "google_project" "main" {
  project_id = var.project_id
}

locals {
  name   = "${var.name}-${var.environment}"
  number = data.google_project.main.number
  labels = merge(var.labels, { system = var.name, environment = var.environment, managed-by = "terraform" })
}

module "identity" {
  source = "../identity"

  project_id = var.project_id
  prefix     = local.name
  accounts = {
    api      = "Answers predictions"
    tracking = "Tracking server: runs, models, artifacts"
    trainer  = "Trains models and looks for drift"
    clock    = "Starts jobs by the clock"
  }
}

module "network" {
  source = "../network"

  project_id      = var.project_id
  region          = var.region
  name            = local.name
  subnet_range    = var.subnet_range
  service_account = module.identity.emails.api
  load_balanced   = var.runtime == "mig"
  iap_ssh         = var.runtime == "mig" && length(var.ssh_users) > 0
  ssh_ranges      = var.ssh_ranges
}

module "database" {
  source = "../database"

  project_id          = var.project_id
  region              = var.region
  name                = local.name
  network             = module.network.services_network
  tier                = var.database.tier
  high_availability   = var.database.high_availability
  disk_limit_gb       = var.database.disk_limit_gb
  backups             = var.database.backups
  password            = var.database_password
  kms_key             = try(module.kms[0].keys.database, null)
  deletion_protection = var.deletion_protection
  labels              = local.labels
}

# What the tracking server keeps: models, plots, whatever a run logs. Only it has the right to.
module "artifacts" {
  source = "../storage"

  project_id    = var.project_id
  name          = coalesce(var.bucket_name, "${var.project_id}-${local.name}-artifacts")
  location      = var.region
  kms_key       = try(module.kms[0].keys.storage, null)
  writers       = { tracking = module.identity.members.tracking }
  force_destroy = var.force_destroy_buckets
  labels        = local.labels
}

# The remote storage of data, which stages pull from and push to.
module "data" {
  source = "../storage"

  project_id    = var.project_id
  name          = "${var.project_id}-${local.name}-data"
  location      = var.region
  kms_key       = try(module.kms[0].keys.storage, null)
  writers       = { trainer = module.identity.members.trainer }
  force_destroy = var.force_destroy_buckets
  labels        = local.labels
}

data "google_storage_project_service_account" "main" {
  count   = var.cmek ? 1 : 0
  project = var.project_id
}

module "kms" {
  source = "../kms"
  count  = var.cmek ? 1 : 0

  project_id = var.project_id
  location   = var.region
  name       = local.name
  labels     = local.labels
  users = {
    storage  = { agent = data.google_storage_project_service_account.main[0].member }
    database = { agent = "serviceAccount:service-${local.number}@gcp-sa-cloud-sql.iam.gserviceaccount.com" }
    disk     = { agent = "serviceAccount:service-${local.number}@compute-system.iam.gserviceaccount.com" }
  }
}
