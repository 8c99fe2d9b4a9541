# The APIs that the other modules call. They stay on when this is destroyed: another system may use them.
resource "google_project_service" "main" {
  for_each = var.services

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}
