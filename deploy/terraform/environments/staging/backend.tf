# The bucket is the project's own: terraform init -backend-config=bucket=PROJECT-terraform-state
terraform {
  backend "gcs" {
    prefix = "staging"
  }
}
