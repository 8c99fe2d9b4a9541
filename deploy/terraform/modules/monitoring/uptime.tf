# Asked from outside, from three continents. A machine that is dead sends no measurements, so no rule about its own
# measurements can tell; a stranger who gets no answer can.
resource "google_monitoring_uptime_check_config" "main" {
  for_each = var.uptime

  project          = var.project_id
  display_name     = "${var.name} ${each.key}"
  timeout          = "10s"
  period           = "60s"
  selected_regions = ["EUROPE", "USA", "ASIA_PACIFIC"]
  user_labels      = var.labels

  http_check {
    path           = each.value.path
    port           = 443
    use_ssl        = true
    validate_ssl   = true
    request_method = "GET"
    accepted_response_status_codes {
      status_value = 200
    }
  }

  content_matchers {
    content = each.value.content
    matcher = "CONTAINS_STRING"
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project_id, host = each.value.host }
  }
}
