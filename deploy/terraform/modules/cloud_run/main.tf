# A program of the image as a Cloud Run service. A new image, argument or setting makes a new revision; how much of the
# traffic it gets is `traffic`. Only the load balancer and the network reach it.
locals {
  canary = var.traffic.stable_revision != null

  shares = local.canary ? [
    { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision = var.traffic.stable_revision, percent = 100 - var.traffic.canary_percent, tag = "stable" },
    { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", revision = null, percent = var.traffic.canary_percent, tag = "canary" },
    ] : [
    { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", revision = null, percent = 100, tag = null },
  ]
}

resource "google_cloud_run_v2_service" "main" {
  project              = var.project_id
  name                 = var.name
  location             = var.region
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true # the program itself asks for a key or a password
  deletion_protection  = var.deletion_protection
  labels               = var.labels

  dynamic "binary_authorization" {
    for_each = var.admission_policy ? [true] : []
    content {
      use_default = binary_authorization.value
    }
  }

  template {
    service_account                  = var.service_account
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    timeout                          = "${var.timeout_seconds}s"
    max_instance_request_concurrency = var.concurrency
    labels                           = var.labels

    scaling {
      min_instance_count = var.instances.min
      max_instance_count = var.instances.max
    }

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

    volumes {
      name = "tmp"
      empty_dir {
        medium     = "MEMORY"
        size_limit = var.tmp_size
      }
    }

    containers {
      image = var.image
      args  = var.args

      ports {
        name           = var.http2 ? "h2c" : "http1"
        container_port = var.port
      }

      resources {
        limits            = { cpu = var.cpu, memory = var.memory }
        cpu_idle          = var.cpu_idle
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = var.env
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

      volume_mounts {
        name       = "tmp"
        mount_path = "/tmp"
      }

      startup_probe {
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 60
        http_get {
          path = var.startup_path
        }
      }

      liveness_probe {
        period_seconds    = 20
        timeout_seconds   = 5
        failure_threshold = 3
        http_get {
          path = var.liveness_path
        }
      }
    }

    dynamic "containers" {
      for_each = var.collector[*]
      content {
        name  = "collector"
        image = containers.value.image
        args  = ["--config=env:COLLECTOR_CONFIG"]

        env {
          name  = "COLLECTOR_CONFIG"
          value = containers.value.config
        }

        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
      }
    }
  }

  dynamic "traffic" {
    for_each = local.shares
    content {
      type     = traffic.value.type
      revision = traffic.value.revision
      percent  = traffic.value.percent
      tag      = traffic.value.tag
    }
  }
}

# What the load balancer sends requests to. Google deletes none that a backend still names: when the API moves to
# machines, this goes after the load balancer has turned to them, and the service above after this.
resource "google_compute_region_network_endpoint_group" "main" {
  project               = var.project_id
  name                  = var.name
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.main.name
  }

  lifecycle {
    create_before_destroy = true
  }
}
