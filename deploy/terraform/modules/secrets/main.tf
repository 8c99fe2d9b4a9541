# The places of secrets. Their values are added outside of Terraform (deploy/terraform/add-secrets), so that no value
# is ever in a plan or a state; who may read one is said per secret by `readers`.
resource "google_secret_manager_secret" "main" {
  for_each = var.secrets

  project             = var.project_id
  secret_id           = "${var.prefix}-${each.key}"
  labels              = var.labels
  annotations         = { about = each.value.about }
  version_destroy_ttl = "${var.destroy_after_days * 24 * 60 * 60}s"

  replication {
    user_managed {
      replicas {
        location = var.region
        dynamic "customer_managed_encryption" {
          for_each = var.kms_key[*]
          content {
            kms_key_name = customer_managed_encryption.value
          }
        }
      }
    }
  }

  dynamic "topics" {
    for_each = var.rotation_topic[*]
    content {
      name = topics.value
    }
  }

  dynamic "rotation" {
    for_each = var.rotation_topic == null ? [] : [each.value.rotation_days]
    content {
      rotation_period    = "${rotation.value * 24 * 60 * 60}s"
      next_rotation_time = var.first_rotation
    }
  }

  # Secret Manager moves the time on by itself.
  lifecycle {
    ignore_changes = [rotation[0].next_rotation_time]
  }
}
