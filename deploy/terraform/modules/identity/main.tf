# One service account for each program, so that each can be given only what it needs. What it may do with a bucket, a
# secret or a repository is said there; here only what has no resource of its own: writing logs, metrics and traces.
locals {
  project_roles = ["roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/cloudtrace.agent"]
  grants = {
    for pair in setproduct(keys(var.accounts), local.project_roles) : "${pair[0]}/${pair[1]}" => { account = pair[0], role = pair[1] }
  }
}

resource "google_service_account" "main" {
  for_each = var.accounts

  project      = var.project_id
  account_id   = "${var.prefix}-${each.key}"
  display_name = each.value
}

resource "google_project_iam_member" "telemetry" {
  for_each = local.grants

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.main[each.value.account].member
}
