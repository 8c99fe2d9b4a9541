# An environment made against the mocked provider, then changed: what is known only after making it arrives where it is
# needed.
mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789", project_id = "acme-mlops-dev" }
  }
  mock_data "google_storage_project_service_account" {
    defaults = { member = "serviceAccount:storage-agent@gs-project-accounts.iam.gserviceaccount.com" }
  }
  mock_resource "google_compute_global_address" {
    defaults = { address = "203.0.113.7" }
  }
  mock_resource "google_service_account" {
    defaults = { email = "one@acme-mlops-dev.iam.gserviceaccount.com", member = "serviceAccount:one@acme-mlops-dev.iam.gserviceaccount.com" }
  }
}

variables {
  project_id          = "acme-mlops-dev"
  environment         = "dev"
  image               = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  model               = { name = "IrisClassifier" }
  domains             = { api = "api.example.org", tracking = "tracking.example.org" }
  cors_origins        = ["https://app.example.org"]
  notification_emails = ["team@example.org"]
  database_password   = "0123456789abcdef01234567"
}

run "is_made_on_cloud_run" {
  command = apply

  assert {
    condition     = local.api_group == module.api_cloud_run[0].backend_group && output.ip == "203.0.113.7" && strcontains(local.proxies, "203.0.113.7/32")
    error_message = "The load balancer sends to the service, and the service believes the load balancer."
  }
  assert {
    condition     = module.tracking.name == "mlops-dev-tracking" && output.tracking_internal_url == "https://mlops-dev-tracking-123456789.europe-west1.run.app"
    error_message = "The address that programs are told before it is made is the one that it gets."
  }
  assert {
    condition     = length(output.alerts) > 20 && alltrue([for id in output.alerts : id != null]) && output.api_revision != null
    error_message = "Everything that is told has been made."
  }
}

run "the_api_alone_gets_a_new_image_first" {
  command = apply
  variables {
    image          = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    tracking_image = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:1111111111111111111111111111111111111111111111111111111111111111"
    traffic        = { stable_revision = "mlops-dev-api-00001-abc", canary_percent = 10 }
  }

  assert {
    condition     = output.image == var.image && output.tracking_image == run.is_made_on_cloud_run.image && output.traffic == var.traffic
    error_message = "What a rollout that was interrupted is taken up with."
  }
  assert {
    condition     = run.is_made_on_cloud_run.tracking_image == run.is_made_on_cloud_run.image && run.is_made_on_cloud_run.traffic.stable_revision == null
    error_message = "Without a rollout all programs have one image."
  }
}

run "moves_to_machines" {
  command = apply
  variables {
    runtime   = "mig"
    ssh_users = ["user:ada@example.org"]
  }

  assert {
    condition     = local.api_group == module.api_mig[0].backend_group && length(module.api_cloud_run) == 0 && output.api_revision == null
    error_message = "The machines get the requests, and the service is gone."
  }
  assert {
    condition     = output.database == run.is_made_on_cloud_run.database && output.buckets == run.is_made_on_cloud_run.buckets && output.ip == run.is_made_on_cloud_run.ip
    error_message = "What is kept, and the address, stay."
  }
}

run "and_back_with_a_new_image" {
  command = apply
  variables {
    image = "europe-west1-docker.pkg.dev/acme-mlops-dev/mlops/mlops@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  }

  assert {
    condition     = local.api_group == module.api_cloud_run[0].backend_group && length(module.api_mig) == 0 && output.ssh_command == null
    error_message = "As before."
  }
}
