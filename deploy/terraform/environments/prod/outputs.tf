output "main" {
  description = "Addresses, names and identities of the environment; modules/platform/outputs.tf says what each is."
  value       = module.platform
}
