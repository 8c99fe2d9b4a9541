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
  jobs = {
    train = { image = "r/p@sha256:1111111111111111111111111111111111111111111111111111111111111111", args = ["repro", "--pull"], schedule = "0 2 * * 0" }
    drift = { image = "r/p@sha256:1111111111111111111111111111111111111111111111111111111111111111", args = ["repro", "--pull", "drift"] }
  }
}

run "jobs_run_by_the_clock_or_by_hand" {
  command = plan

  assert {
    condition     = keys(google_cloud_run_v2_job.main) == ["drift", "train"] && keys(google_cloud_scheduler_job.main) == ["train"]
    error_message = "A job without schedule has no clock."
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
