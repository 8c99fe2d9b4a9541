# Cloud Run starts only images of the registries that this environment names: those that whoever deploys has pushed there,
# after looking at their attestation. Whoever may only run services cannot bring another one.
resource "google_binary_authorization_policy" "main" {
  count = var.only_known_images ? 1 : 0

  project                       = var.project_id
  description                   = "Images of known registries only"
  global_policy_evaluation_mode = "ENABLE" # what Google itself runs

  dynamic "admission_whitelist_patterns" {
    for_each = toset([for image in compact(concat([var.image, local.tracking_image, var.collector_image], [for job in var.jobs : job.image])) : "${dirname(split("@", image)[0])}/*"])
    content {
      name_pattern = admission_whitelist_patterns.value
    }
  }

  default_admission_rule {
    evaluation_mode  = "ALWAYS_DENY"
    enforcement_mode = "ENFORCED_BLOCK_AND_AUDIT_LOG"
  }
}
