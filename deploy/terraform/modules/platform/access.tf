# Who may read which secret, pull which image, reach which machine. One resource each, never the whole project.
locals {
  secret_readers = {
    api      = [var.secrets.api_keys, var.secrets.serving_password]
    tracking = [var.secrets.tracking_database, var.secrets.tracking_auth]
    trainer  = [var.secrets.trainer_password]
  }
  secret_grants = merge([
    for identity, secrets in local.secret_readers : { for secret in secrets : "${identity}/${secret}" => { identity = identity, secret = secret } }
  ]...)

  # <location>-docker.pkg.dev/<project>/<repository>/<image>@sha256:<digest>
  image = regex("^(?P<location>[a-z0-9-]+)-docker\\.pkg\\.dev/(?P<project>[^/]+)/(?P<repository>[^/]+)/", var.image)

  # Machines pull as themselves; Cloud Run pulls as its agent, which only needs to be let in to another project.
  pullers = merge(
    var.runtime == "mig" ? { api = module.identity.members.api } : {},
    local.image.project != var.project_id ? { cloud_run = "serviceAccount:service-${local.number}@serverless-robot-prod.iam.gserviceaccount.com" } : {},
  )

  ssh_users = var.runtime == "mig" ? var.ssh_users : []
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.secret_grants

  project   = var.project_id
  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = module.identity.members[each.value.identity]
}

resource "google_artifact_registry_repository_iam_member" "puller" {
  for_each = local.pullers

  project    = local.image.project
  location   = local.image.location
  repository = local.image.repository
  role       = "roles/artifactregistry.reader"
  member     = each.value
}

# SSH: through the proxy, to port 22 of this group's machines, logged in by their own name.
resource "google_project_iam_member" "tunnel" {
  for_each = toset(local.ssh_users)

  project = var.project_id
  role    = "roles/iap.tunnelResourceAccessor"
  member  = each.value

  condition {
    title      = "ssh-only"
    expression = "destination.port == 22"
  }
}

resource "google_project_iam_member" "login" {
  for_each = toset(local.ssh_users)

  project = var.project_id
  role    = "roles/compute.osAdminLogin"
  member  = each.value

  condition {
    title      = "machines-of-${local.name}"
    expression = "resource.type == 'compute.googleapis.com/Instance' && resource.name.extract('instances/{name}').startsWith('${local.name}-api')"
  }
}

resource "google_service_account_iam_member" "login" {
  for_each = toset(local.ssh_users)

  service_account_id = module.identity.ids.api
  role               = "roles/iam.serviceAccountUser"
  member             = each.value
}
