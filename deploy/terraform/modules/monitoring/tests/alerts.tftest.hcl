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
  slo = {
    days = 28
    services = {
      predictions = { availability = 99.5, latency = { percent = 99, milliseconds = 100 } }
      tracking    = { availability = 99.9 }
    }
  }
  load_balancer = {
    url_map = "mlops-dev"
    api     = "mlops-dev-api"
    services = {
      predictions = { backend = "mlops-dev-api", rules = ["resource.labels.matched_url_path_rule=\"/predict\""] }
      tracking    = { backend = "mlops-dev-tracking" }
    }
  }
  runtime = { kind = "cloud_run", name = "mlops-dev-api", min_instances = 1, max_instances = 5 }
  uptime  = { api = { host = "api.example.org", path = "/health/ready", content = "ready" } }
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

# A service that sleeps is asked by nobody: questions would keep it awake, and silence is what it is for.
run "a_service_that_sleeps_is_left_alone" {
  command = plan
  variables {
    uptime = { tracking = { host = "tracking.example.org", path = "/health", content = "OK" } }
  }

  assert {
    condition     = keys(google_monitoring_uptime_check_config.main) == ["tracking"] && length(google_monitoring_alert_policy.silence) == 0 && !contains(keys(google_monitoring_alert_policy.cause), "uptime-api")
    error_message = "No check of the API, and no alert that needs one."
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
    condition     = toset([for alert in google_monitoring_alert_policy.burn : alert.conditions[0].condition_threshold[0].threshold_value]) == toset([14.4, 6, 3, 1]) && length(google_monitoring_alert_policy.burn) == 12
    error_message = "Three promises, four speeds each."
  }
  assert {
    condition     = google_monitoring_slo.availability["tracking"].goal == 0.999 && google_monitoring_slo.latency["predictions"].request_based_sli[0].distribution_cut[0].range[0].max == 100 && keys(google_monitoring_slo.latency) == ["predictions"]
    error_message = "What was promised, and nothing that was not."
  }
  assert {
    condition     = strcontains(google_monitoring_slo.availability["predictions"].request_based_sli[0].good_total_ratio[0].total_service_filter, "matched_url_path_rule=\"/predict\"")
    error_message = "Only the requests that count."
  }
  assert {
    condition     = alltrue([for alert in google_monitoring_alert_policy.burn : alert.combiner == "AND" && length(alert.conditions) == 2])
    error_message = "Both windows must agree."
  }
}

run "what_the_programs_own_metrics_tell_is_asked_as_prometheus_asks_it" {
  command = plan
  variables {
    metrics = true
  }

  assert {
    condition     = strcontains(google_monitoring_alert_policy.metric["prediction-drift"].conditions[0].condition_prometheus_query_language[0].query, "rate(model_predictions_total[7d])") && !strcontains(google_monitoring_alert_policy.metric["prediction-drift"].conditions[0].condition_prometheus_query_language[0].query, "model:predicted_class")
    error_message = "Recorded series are written out: nobody records them there."
  }
  assert {
    condition     = google_monitoring_alert_policy.metric["no-model"].conditions[0].condition_prometheus_query_language[0].duration == "120s" && google_monitoring_alert_policy.metric["no-model"].severity == "CRITICAL" && google_monitoring_alert_policy.metric["model-old"].conditions[0].condition_prometheus_query_language[0].duration == "0s"
    error_message = "As long and as loud as there."
  }
  assert {
    condition     = alltrue([for alert in google_monitoring_alert_policy.metric : alert.conditions[0].condition_prometheus_query_language[0].disable_metric_validation])
    error_message = "They are made before the first measurement comes."
  }
}

run "without_them_nobody_waits_for_them" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.metric) == 0
    error_message = "An alert on a metric that never comes looks like safety."
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
    slo = { days = 28, services = { predictions = { availability = 100 }, tracking = {} } }
  }
  expect_failures = [var.slo]
}

run "a_promise_about_nothing_is_refused" {
  command = plan
  variables {
    slo = { days = 28, services = { predictions = { availability = 99 }, training = { availability = 99 } } }
  }
  expect_failures = [var.slo]
}
