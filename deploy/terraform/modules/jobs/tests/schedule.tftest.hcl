mock_provider "google" {
  override_during = plan
}

variables {
  project_id        = "acme-mlops-dev"
  region            = "europe-west1"
  name              = "mlops-dev"
  service_account   = "trainer@acme-mlops-dev.iam.gserviceaccount.com"
  scheduler_account = "clock@acme-mlops-dev.iam.gserviceaccount.com"
  network           = "n"
  subnetwork        = "s"
  secret_files      = { password = { secret = "mlops-trainer-password", path = "/secrets/password/password" } }
  jobs = {
    train = { image = "r/p@sha256:1111111111111111111111111111111111111111111111111111111111111111", args = ["repro", "--pull"], schedule = "0 2 * * 0" }
    drift = { image = "r/p@sha256:1111111111111111111111111111111111111111111111111111111111111111", command = ["bash", "-c"], args = ["mlops repro --pull drift"] }
  }
}

run "jobs_run_by_the_clock_or_by_hand" {
  command = plan

  assert {
    condition     = keys(google_cloud_run_v2_job.main) == ["drift", "train"] && keys(google_cloud_scheduler_job.main) == ["train"]
    error_message = "A job without schedule has no clock."
  }
  assert {
    condition     = google_cloud_run_v2_job.main["train"].template[0].template[0].containers[0].command == null && google_cloud_run_v2_job.main["drift"].template[0].template[0].containers[0].command == tolist(["bash", "-c"])
    error_message = "It is mlops that runs, unless another command is said."
  }
  assert {
    condition     = google_cloud_run_v2_job.main["train"].template[0].template[0].service_account == var.service_account && google_cloud_scheduler_job.main["train"].http_target[0].oauth_token[0].service_account_email == var.scheduler_account
    error_message = "Who works and who starts are two."
  }
  assert {
    condition     = alltrue([for grant in google_cloud_run_v2_job_iam_member.starter : grant.role == "roles/run.invoker"])
    error_message = "The clock may start these jobs and no more."
  }
}

run "secrets_are_files" {
  command = plan

  assert {
    condition     = alltrue([for job in google_cloud_run_v2_job.main : job.template[0].template[0].volumes[0].secret[0].secret == "mlops-trainer-password" && job.template[0].template[0].containers[0].volume_mounts[0].mount_path == "/secrets/password" && length(job.template[0].template[0].containers[0].env) == 0])
    error_message = "None is in the environment."
  }
}

run "the_clock_starts_the_job_that_was_made" {
  command = apply

  assert {
    condition     = google_cloud_scheduler_job.main["train"].http_target[0].uri == "https://run.googleapis.com/v2/${google_cloud_run_v2_job.main["train"].id}:run" && google_cloud_run_v2_job_iam_member.starter["drift"].name == output.names["drift"]
    error_message = "By its whole name."
  }
}

run "a_tag_is_refused" {
  command = plan
  variables {
    jobs = { train = { image = "r/p:latest", args = ["repro"] } }
  }
  expect_failures = [var.jobs]
}

run "a_bad_schedule_is_refused" {
  command = plan
  variables {
    jobs = { train = { image = "r/p@sha256:1111111111111111111111111111111111111111111111111111111111111111", args = ["repro"], schedule = "daily" } }
  }
  expect_failures = [var.jobs]
}
