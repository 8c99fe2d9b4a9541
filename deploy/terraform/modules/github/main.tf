# Lets workflows of one GitHub repository act here without any key: GitHub signs who they are, Google checks it.
# GitHub signs for everybody with the same issuer, hence the condition on the numbers of owner and repository; names
# can be given up and taken by others, numbers cannot.
resource "google_iam_workload_identity_pool" "main" {
  project                   = var.project_id
  workload_identity_pool_id = var.name
  display_name              = "GitHub"
  description               = "Workflows of ${var.repository.name}"
}

resource "google_iam_workload_identity_pool_provider" "main" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.main.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  display_name                       = "GitHub Actions"

  attribute_mapping = {
    "google.subject"                = "assertion.sub"
    "attribute.repository_id"       = "assertion.repository_id"
    "attribute.repository_owner_id" = "assertion.repository_owner_id"
    "attribute.environment"         = "assertion.repository_id + ':' + (has(assertion.environment) ? assertion.environment : '')"
    "attribute.ref"                 = "assertion.repository_id + ':' + assertion.ref"
  }
  attribute_condition = join(" && ", [
    "assertion.repository_owner_id == '${var.repository.owner_id}'",
    "assertion.repository_id == '${var.repository.id}'",
  ])

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

locals {
  pool = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.main.name}"
  # The planner reads only, so any workflow of the repository may be it. The deployer changes things: only jobs of the
  # GitHub environment, which lets in the main branch alone.
  identities = {
    planner  = { about = "Plans changes: reads everything, changes nothing", who = "${local.pool}/attribute.repository_id/${var.repository.id}" }
    deployer = { about = "Applies changes of ${var.environment}", who = "${local.pool}/attribute.environment/${var.repository.id}:${var.environment}" }
  }
  project_roles = merge([
    for identity, roles in var.roles : { for role in roles : "${identity}/${role}" => { identity = identity, role = role } }
  ]...)
}

resource "google_service_account" "main" {
  for_each = local.identities

  project      = var.project_id
  account_id   = "${var.name}-${each.key}"
  display_name = each.value.about
}

resource "google_service_account_iam_member" "workflow" {
  for_each = local.identities

  service_account_id = google_service_account.main[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = each.value.who
}

resource "google_project_iam_member" "role" {
  for_each = local.project_roles

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.main[each.value.identity].member
}
