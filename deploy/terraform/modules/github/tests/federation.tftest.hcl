# GitHub's issuer signs for everybody's workflows: only ours may come in.
mock_provider "google" {
  override_during = plan
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/1/locations/global/workloadIdentityPools/mlops" }
  }
}

variables {
  project_id  = "acme-mlops-dev"
  name        = "mlops"
  environment = "prod"
  repository  = { name = "acme/models", id = "123456789", owner_id = "1234567" }
}

run "only_this_repository_by_number" {
  command = plan

  assert {
    condition     = google_iam_workload_identity_pool_provider.main.attribute_condition == "assertion.repository_owner_id == '1234567' && assertion.repository_id == '123456789'"
    error_message = "Other owners and other repositories are refused."
  }
}

run "only_jobs_of_the_environment_deploy" {
  command = plan

  assert {
    condition     = endswith(google_service_account_iam_member.workflow["deployer"].member, "/attribute.environment/123456789:prod")
    error_message = "The deployer is for jobs of the GitHub environment."
  }
  assert {
    condition     = endswith(google_service_account_iam_member.workflow["planner"].member, "/attribute.repository_id/123456789")
    error_message = "Any workflow of the repository may plan."
  }
}

run "the_planner_only_reads" {
  command = plan

  assert {
    condition     = alltrue([for name, grant in google_project_iam_member.role : can(regex("([vV]iewer|[rR]eader|Reviewer|browser|serviceUsageConsumer)$", grant.role)) if startswith(name, "planner/")])
    error_message = "A plan changes nothing."
  }
  assert {
    condition     = contains(keys(google_project_iam_member.role), "planner/roles/compute.networkViewer") && contains(keys(google_project_iam_member.role), "deployer/roles/servicenetworking.networksAdmin")
    error_message = "Only these may see the connection of the network to Google's services (servicenetworking.services.get), which every plan looks at."
  }
  assert {
    condition     = alltrue([for grant in google_project_iam_member.role : !contains(["roles/owner", "roles/editor", "roles/viewer"], grant.role)])
    error_message = "Nobody has a role on everything."
  }
}

run "names_instead_of_numbers_are_refused" {
  command = plan
  variables {
    repository = { name = "acme/models", id = "models", owner_id = "acme" }
  }
  expect_failures = [var.repository]
}
