# What runs by the clock: training, drift, and whatever else is a command of the image. A job may be started by hand too:
# gcloud run jobs execute NAME.
resource "google_cloud_run_v2_job" "main" {
  for_each = var.jobs

  project             = var.project_id
  name                = "${var.name}-${each.key}"
  location            = var.region
  deletion_protection = var.deletion_protection
  labels              = var.labels

  dynamic "binary_authorization" {
    for_each = var.admission_policy ? [true] : []
    content {
      use_default = binary_authorization.value
    }
  }

  template {
    parallelism = 1
    task_count  = 1

    template {
      service_account       = var.service_account
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      timeout               = "${each.value.timeout_minutes * 60}s"
      max_retries           = each.value.retries

      vpc_access {
        egress = "ALL_TRAFFIC"
        network_interfaces {
          network    = var.network
          subnetwork = var.subnetwork
        }
      }

      dynamic "volumes" {
        for_each = var.secret_files
        content {
          name = volumes.key
          secret {
            secret       = volumes.value.secret
            default_mode = 292 # 0444: the container has one user
            items {
              path    = basename(volumes.value.path)
              version = volumes.value.version
            }
          }
        }
      }

      containers {
        image   = each.value.image
        command = each.value.command
        args    = each.value.args

        resources {
          limits = { cpu = each.value.cpu, memory = each.value.memory }
        }

        dynamic "env" {
          for_each = merge(var.env, each.value.env)
          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "volume_mounts" {
          for_each = var.secret_files
          content {
            name       = volume_mounts.key
            mount_path = dirname(volume_mounts.value.path)
          }
        }
      }
    }
  }
}

# The clock's identity may start these jobs, and do nothing else.
resource "google_cloud_run_v2_job_iam_member" "starter" {
  for_each = google_cloud_run_v2_job.main

  project  = var.project_id
  location = each.value.location
  name     = each.value.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.scheduler_account}"
}

resource "google_cloud_scheduler_job" "main" {
  for_each = { for name, job in var.jobs : name => job if job.schedule != null }

  project          = var.project_id
  name             = "${var.name}-${each.key}"
  description      = "Starts the job ${var.name}-${each.key}"
  region           = var.region
  schedule         = each.value.schedule
  time_zone        = var.time_zone
  attempt_deadline = "60s"
  paused           = each.value.paused

  retry_config {
    retry_count          = 3
    min_backoff_duration = "30s"
  }

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.main[each.key].id}:run"

    oauth_token {
      service_account_email = var.scheduler_account
    }
  }
}
