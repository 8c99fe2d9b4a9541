# Alerts that can fire, and somebody who hears them.
mock_provider "google" {
  override_during = plan
  mock_resource "google_monitoring_uptime_check_config" {
    defaults = { uptime_check_id = "check-1" }
  }
}

variables {
  project_id       = "acme-mlops-dev"
  name             = "mlops-dev"
  emails           = ["team@example.org"]
  tracking_service = "mlops-dev-tracking"
  database_id      = "acme-mlops-dev:mlops-dev"
  load_balancer    = { url_map = "mlops-dev", backend_service = "mlops-dev-api" }
  runtime          = { kind = "cloud_run", name = "mlops-dev-api", min_instances = 1, max_instances = 5 }
  uptime           = { api = { host = "api.example.org", path = "/health/ready", content = "ready" } }
}

run "a_dead_service_is_noticed_from_outside" {
  command = plan

  assert {
    condition     = length(google_monitoring_uptime_check_config.main["api"].selected_regions) >= 3 && google_monitoring_uptime_check_config.main["api"].http_check[0].validate_ssl
    error_message = "Asked from three continents, certificate included."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.cause["uptime-api"].conditions[0].condition_threshold[0].filter, "uptime_check/check_passed") && strcontains(google_monitoring_alert_policy.cause["uptime-api"].conditions[0].condition_threshold[0].filter, "check-1")
    error_message = "The alert is about the answers that strangers get, not about the machine's own measurements."
  }
  assert {
    condition     = length(google_monitoring_alert_policy.silence[0].conditions[0].condition_absent) == 1
    error_message = "No requests at all is an alert too."
  }
}

run "memory_is_watched" {
  command = plan

  assert {
    condition     = strcontains(google_monitoring_alert_policy.cause["memory"].conditions[0].condition_threshold[0].filter, "metric.type=\"run.googleapis.com/container/memory/utilizations\"") && google_monitoring_alert_policy.cause["memory"].conditions[0].condition_threshold[0].threshold_value == 0.85
    error_message = "The alert on memory exists, and names a metric."
  }
}

run "machines_have_memory_and_number_watched" {
  command = plan
  variables {
    runtime = { kind = "mig", name = "mlops-dev-api", min_instances = 2, max_instances = 5 }
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.cause["memory"].conditions[0].condition_threshold[0].filter, "guest/memory/percent_used") && strcontains(google_monitoring_alert_policy.cause["memory"].conditions[0].condition_threshold[0].filter, "state=\"used\"")
    error_message = "The metric is one that Container-Optimized OS sends."
  }
  assert {
    condition     = google_monitoring_alert_policy.cause["instances"].conditions[0].condition_threshold[0].evaluation_missing_data == "EVALUATION_MISSING_DATA_ACTIVE" && google_monitoring_alert_policy.cause["instances"].conditions[0].condition_threshold[0].threshold_value == 1.5
    error_message = "A group that is gone sends nothing, and that counts as too few."
  }
}

run "every_alert_reaches_somebody_and_says_what_to_do" {
  command = plan

  assert {
    condition = alltrue([for alert in concat(values(google_monitoring_alert_policy.cause), values(google_monitoring_alert_policy.burn), google_monitoring_alert_policy.silence) :
    length(alert.notification_channels) == 1 && strcontains(alert.documentation[0].content, "Runbook: ") && alert.severity != null])
    error_message = "Somebody, a severity, a place in the runbook."
  }
  assert {
    condition     = alltrue([for alert in google_monitoring_alert_policy.cause : strcontains(alert.conditions[0].condition_threshold[0].filter, "metric.type=") && strcontains(alert.conditions[0].condition_threshold[0].filter, "resource.type=")])
    error_message = "A filter without a metric and a resource can never fire."
  }
}

run "budgets_burn_over_a_long_and_a_short_window" {
  command = plan

  assert {
    condition     = toset([for alert in google_monitoring_alert_policy.burn : alert.conditions[0].condition_threshold[0].threshold_value]) == toset([14.4, 6, 1]) && length(google_monitoring_alert_policy.burn) == 6
    error_message = "Availability and latency, three speeds each."
  }
  assert {
    condition     = alltrue([for alert in google_monitoring_alert_policy.burn : alert.combiner == "AND" && length(alert.conditions) == 2])
    error_message = "Both windows must agree."
  }
}

run "the_dashboard_shows_callers_first" {
  command = plan

  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.main.dashboard_json).mosaicLayout.tiles) == 12
    error_message = "Twelve panels."
  }
}

run "alerts_for_nobody_are_refused" {
  command = plan
  variables {
    emails = []
  }
  expect_failures = [var.channels]
}

run "the_old_form_of_addresses_is_refused" {
  command = plan
  variables {
    emails = ["email:team@example.org"]
  }
  expect_failures = [var.emails]
}

run "a_promise_without_any_error_is_refused" {
  command = plan
  variables {
    slo = { availability = 1 }
  }
  expect_failures = [var.slo]
}
