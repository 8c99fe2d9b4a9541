# One key ring, one key for each kind of data, and the right to use it for the service agent that encrypts with it.
# A bucket, database or repository that names a key before its agent may use it cannot be made: take key ids from the
# output `keys`, which waits for the grants.
resource "google_kms_key_ring" "main" {
  project  = var.project_id
  name     = var.name
  location = var.location
}

resource "google_kms_crypto_key" "main" {
  for_each = var.users

  name            = each.key
  key_ring        = google_kms_key_ring.main.id
  purpose         = "ENCRYPT_DECRYPT"
  rotation_period = "${var.rotation_days * 24 * 60 * 60}s"
  labels          = var.labels

  # What it encrypted is lost with it.
  lifecycle {
    prevent_destroy = true
  }
}

locals {
  grants = merge([
    for key, members in var.users : { for who, member in members : "${key}/${who}" => { key = key, member = member } }
  ]...)
}

resource "google_kms_crypto_key_iam_member" "user" {
  for_each = local.grants

  crypto_key_id = google_kms_crypto_key.main[each.value.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = each.value.member
}
