# One address for everything: HTTPS with a certificate that Google renews; plain HTTP only points to HTTPS.
resource "google_compute_global_address" "main" {
  project = var.project_id
  name    = var.name
}

resource "google_compute_managed_ssl_certificate" "main" {
  project = var.project_id
  # A certificate cannot be changed: other domains make another one, before this one goes.
  name = "${var.name}-${substr(sha256(join(",", local.domains)), 0, 8)}"

  managed {
    domains = local.domains
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "main" {
  project         = var.project_id
  name            = var.name
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

locals {
  domains = sort([for backend in var.backends : backend.domain])
}

resource "google_compute_backend_service" "main" {
  for_each = var.backends

  project                         = var.project_id
  name                            = "${var.name}-${each.key}"
  protocol                        = "HTTP"
  port_name                       = each.value.machines ? "http" : null
  load_balancing_scheme           = "EXTERNAL_MANAGED"
  security_policy                 = each.value.policy
  timeout_sec                     = each.value.machines ? each.value.timeout_seconds : null
  connection_draining_timeout_sec = each.value.machines ? 30 : null
  health_checks                   = each.value.machines ? [google_compute_health_check.ready[each.key].id] : null

  custom_response_headers = [
    "Strict-Transport-Security: max-age=31536000; includeSubDomains",
    "X-Content-Type-Options: nosniff",
  ]

  backend {
    group           = each.value.group
    balancing_mode  = "UTILIZATION"
    max_utilization = each.value.machines ? 0.8 : null
  }

  log_config {
    enable      = true
    sample_rate = var.log_sample_rate
  }
}

# Ready, not alive: a machine without a model gets no requests. (Cloud Run asks its instances itself.)
resource "google_compute_health_check" "ready" {
  for_each = { for name, backend in var.backends : name => backend if backend.machines }

  project             = var.project_id
  name                = "${var.name}-${each.key}-ready"
  check_interval_sec  = 5
  timeout_sec         = 3
  healthy_threshold   = 2
  unhealthy_threshold = 2

  http_health_check {
    port         = 8000
    request_path = "/health/ready"
  }

  log_config {
    enable = true
  }

  # When machines are given up, it goes after the backend has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}

# Each domain has its backend; another Host is refused.
resource "google_compute_url_map" "main" {
  project = var.project_id
  name    = var.name

  default_url_redirect {
    host_redirect          = var.backends[var.default_backend].domain
    https_redirect         = true
    strip_query            = true
    redirect_response_code = "FOUND"
  }

  dynamic "host_rule" {
    for_each = var.backends
    content {
      hosts        = [host_rule.value.domain]
      path_matcher = host_rule.key
    }
  }

  dynamic "path_matcher" {
    for_each = var.backends
    content {
      name            = path_matcher.key
      default_service = google_compute_backend_service.main[path_matcher.key].id

      dynamic "path_rule" {
        for_each = toset(path_matcher.value.counted)
        content {
          paths   = [path_rule.value]
          service = google_compute_backend_service.main[path_matcher.key].id
        }
      }
    }
  }
}

resource "google_compute_target_https_proxy" "main" {
  project          = var.project_id
  name             = var.name
  url_map          = google_compute_url_map.main.id
  ssl_certificates = [google_compute_managed_ssl_certificate.main.id]
  ssl_policy       = google_compute_ssl_policy.main.id
}

resource "google_compute_global_forwarding_rule" "https" {
  project               = var.project_id
  name                  = "${var.name}-https"
  ip_address            = google_compute_global_address.main.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.main.id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  labels                = var.labels
}
