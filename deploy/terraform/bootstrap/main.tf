# Once for each project, by a person who owns it: what must be there before anything else can be. Its own state is a
# file at first; `terraform init -migrate-state` moves it into the bucket that it made (see backend.tf.example).
data "google_project" "main" {
  project_id = var.project_id
}

data "google_storage_project_service_account" "main" {
  project    = var.project_id
  depends_on = [module.services]
}

locals {
  labels = { system = var.name, managed-by = "terraform" }
  agent  = "serviceAccount:service-${data.google_project.main.number}"

  # Of secrets that are made now; Secret Manager moves it on by itself.
  first_rotation = timeadd(plantimestamp(), "${90 * 24}h")
}

module "services" {
  source = "../modules/services"

  project_id = var.project_id
}

module "kms" {
  source = "../modules/kms"

  project_id = var.project_id
  location   = var.region
  name       = "${var.name}-bootstrap"
  labels     = local.labels
  users = {
    state = { agent = data.google_storage_project_service_account.main.member }
    # Made by `gcloud beta services identity create`; see the guide.
    images  = { agent = "${local.agent}@gcp-sa-artifactregistry.iam.gserviceaccount.com" }
    secrets = { agent = "${local.agent}@gcp-sa-secretmanager.iam.gserviceaccount.com" }
  }
  depends_on = [module.services]
}

# The states of Terraform. Every version stays: a state that was broken today is what it was yesterday.
resource "google_storage_bucket" "state" {
  project                     = var.project_id
  name                        = "${var.project_id}-terraform-state"
  location                    = var.region
  force_destroy               = false
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  labels                      = local.labels

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = 90 * 24 * 60 * 60
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      with_state                 = "ARCHIVED"
      num_newer_versions         = 50
      days_since_noncurrent_time = 365
    }
  }

  encryption {
    default_kms_key_name = module.kms.keys.state
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "state" {
  for_each = length(module.github) == 0 ? {} : {
    planner  = "roles/storage.objectViewer"
    deployer = "roles/storage.objectUser"
  }

  bucket = google_storage_bucket.state.name
  role   = each.value
  member = module.github[0].members[each.key]
}

module "registry" {
  source = "../modules/registry"

  project_id = var.project_id
  region     = var.region
  name       = var.name
  kms_key    = module.kms.keys.images
  readers    = var.image_readers
  writers    = length(module.github) == 0 ? {} : { deployer = module.github[0].members.deployer }
  labels     = local.labels
}

resource "google_pubsub_topic" "rotation" {
  project = var.project_id
  name    = "${var.name}-secret-rotation"
  labels  = local.labels

  depends_on = [module.services]
}

resource "google_pubsub_topic_iam_member" "rotation" {
  project = var.project_id
  topic   = google_pubsub_topic.rotation.name
  role    = "roles/pubsub.publisher"
  member  = "${local.agent}@gcp-sa-secretmanager.iam.gserviceaccount.com"
}

module "secrets" {
  source = "../modules/secrets"

  project_id     = var.project_id
  region         = var.region
  prefix         = var.name
  kms_key        = module.kms.keys.secrets
  rotation_topic = google_pubsub_topic.rotation.id
  first_rotation = local.first_rotation
  labels         = local.labels
  depends_on     = [google_pubsub_topic_iam_member.rotation]
  secrets = {
    api-keys          = { about = "Digests of the keys of the prediction API" }
    serving-password  = { about = "Password of the user serving at the tracking server" }
    trainer-password  = { about = "Password of the user trainer at the tracking server" }
    tracking-database = { about = "Address of the database with its password" }
    tracking-auth     = { about = "basic_auth.ini of the tracking server: database of users, first admin" }
  }
}

module "github" {
  source = "../modules/github"
  count  = var.github == null ? 0 : 1

  project_id  = var.project_id
  name        = var.name
  environment = var.github.environment
  repository  = { name = var.github.name, id = var.github.id, owner_id = var.github.owner_id }
  depends_on  = [module.services]
}
