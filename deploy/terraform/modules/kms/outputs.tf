output "keys" {
  description = "Name => id of each key, known once its users may use it."
  value       = { for name, key in google_kms_crypto_key.main : name => key.id }
  depends_on  = [google_kms_crypto_key_iam_member.user]
}
