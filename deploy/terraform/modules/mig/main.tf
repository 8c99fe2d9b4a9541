# The prediction API on machines of one's own: a regional group that replaces what fails and rolls new images out one
# machine at a time, without ever having less than it should. The machines are Container-Optimized OS: nothing is
# installed at boot, and a machine whose program does not become alive is replaced.
data "google_compute_image" "main" {
  project = "cos-cloud"
  family  = var.os_family
}

resource "google_compute_instance_template" "main" {
  project      = var.project_id
  region       = var.region
  name_prefix  = "${var.name}-"
  description  = "mlops serve, ${var.image}"
  machine_type = var.machine_type
  labels       = var.labels

  disk {
    source_image = data.google_compute_image.main.self_link
    disk_type    = "pd-balanced"
    disk_size_gb = var.disk_size_gb
    boot         = true
    auto_delete  = true

    dynamic "disk_encryption_key" {
      for_each = var.kms_key[*]
      content {
        kms_key_self_link = disk_encryption_key.value
      }
    }
  }

  # No access_config: no machine has a public address.
  network_interface {
    subnetwork = var.subnetwork
  }

  # The scope says nothing; what the identity may do says IAM.
  service_account {
    email  = var.service_account
    scopes = ["https://www.googleapis.com/auth/cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  metadata = {
    user-data                 = local.cloud_config
    enable-oslogin            = "TRUE"
    block-project-ssh-keys    = "TRUE"
    serial-port-enable        = "FALSE"
    google-logging-enabled    = "true"
    google-monitoring-enabled = "true"
  }

  # A newer operating system alone is no reason to replace machines: they get it with the next image of the program, or
  # when somebody replaces this.
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [disk[0].source_image]
  }
}

# Alive, not ready: a machine that waits for its model is not broken.
resource "google_compute_health_check" "alive" {
  project             = var.project_id
  name                = "${var.name}-alive"
  check_interval_sec  = 10
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 3

  http_health_check {
    port         = 8000
    request_path = "/health/live"
  }

  log_config {
    enable = true
  }
}

resource "google_compute_region_instance_group_manager" "main" {
  project            = var.project_id
  name               = var.name
  base_instance_name = var.name
  region             = var.region
  target_size        = var.instances.min # to begin with; then the autoscaler says how many

  version {
    instance_template = google_compute_instance_template.main.self_link_unique
  }

  named_port {
    name = "http"
    port = 8000
  }

  auto_healing_policies {
    health_check      = google_compute_health_check.alive.id
    initial_delay_sec = var.boot_seconds
  }

  update_policy {
    type                           = "PROACTIVE"
    minimal_action                 = "REPLACE"
    most_disruptive_allowed_action = "REPLACE"
    replacement_method             = "SUBSTITUTE"
    max_surge_fixed                = 3 # one for each zone
    max_unavailable_fixed          = 0
  }

  instance_lifecycle_policy {
    default_action_on_failure = "REPAIR"
    force_update_on_repair    = "YES"
  }

  # An apply whose machines did not get healthy has failed.
  wait_for_instances        = true
  wait_for_instances_status = "UPDATED"

  timeouts {
    create = "15m"
    update = "30m"
  }

  # Google deletes no group that a backend still names: it goes after the load balancer has turned away from it.
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [target_size]
  }
}

resource "google_compute_region_autoscaler" "main" {
  project = var.project_id
  name    = var.name
  region  = var.region
  target  = google_compute_region_instance_group_manager.main.id

  autoscaling_policy {
    min_replicas    = var.instances.min
    max_replicas    = var.instances.max
    cooldown_period = var.boot_seconds

    cpu_utilization {
      target = 0.6
    }
  }
}
