# What callers were promised (deploy/slo.yaml), counted where they see it: at the load balancer. An alert fires when the
# errors that the period may have are being used up too fast, as the same alerts of Prometheus do: so fast that they end
# in two days (over one hour and the last five minutes), five, nine, or before the period is over.
locals {
  requests = { for name, service in var.load_balancer.services : name => join(" AND ", concat([
    "resource.type=\"https_lb_rule\"",
    "resource.labels.url_map_name=\"${var.load_balancer.url_map}\"",
    "resource.labels.backend_target_name=\"${service.backend}\"",
  ], service.rules)) }

  burn_rates = {
    "1h" = { factor = 14.4, long = "3600s", short = "300s", severity = "CRITICAL" }
    "6h" = { factor = 6, long = "21600s", short = "1800s", severity = "CRITICAL" }
    "1d" = { factor = 3, long = "86400s", short = "7200s", severity = "WARNING" }
    "3d" = { factor = 1, long = "259200s", short = "21600s", severity = "WARNING" }
  }
  available = { for name, service in var.slo.services : name => service.availability if service.availability != null }
  fast      = { for name, service in var.slo.services : name => service.latency if service.latency != null }
  slos = merge(
    { for name, slo in google_monitoring_slo.availability : "${name}-availability" => { id = slo.id, service = name, objective = "availability" } },
    { for name, slo in google_monitoring_slo.latency : "${name}-latency" => { id = slo.id, service = name, objective = "latency" } },
  )
  burns = merge([
    for name, slo in local.slos : { for window, rate in local.burn_rates : "${name}-${window}" => merge(slo, rate, { window = window }) }
  ]...)
}

resource "google_monitoring_custom_service" "main" {
  for_each = var.slo.services

  project      = var.project_id
  service_id   = "${var.name}-${replace(each.key, "_", "-")}"
  display_name = "${var.name}: ${each.key}"
  user_labels  = var.labels
}

resource "google_monitoring_slo" "availability" {
  for_each = local.available

  project             = var.project_id
  service             = google_monitoring_custom_service.main[each.key].service_id
  slo_id              = "availability"
  display_name        = "${each.value} % of the requests get an answer that is no 5xx"
  goal                = each.value / 100
  rolling_period_days = var.slo.days

  request_based_sli {
    good_total_ratio {
      total_service_filter = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.requests[each.key]}"
      bad_service_filter   = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.requests[each.key]} AND metric.labels.response_code_class=500"
    }
  }
}

resource "google_monitoring_slo" "latency" {
  for_each = local.fast

  project             = var.project_id
  service             = google_monitoring_custom_service.main[each.key].service_id
  slo_id              = "latency"
  display_name        = "${each.value.percent} % of the requests are answered within ${each.value.milliseconds} ms"
  goal                = each.value.percent / 100
  rolling_period_days = var.slo.days

  request_based_sli {
    distribution_cut {
      distribution_filter = "metric.type=\"loadbalancing.googleapis.com/https/backend_latencies\" AND ${local.requests[each.key]}"
      range {
        min = 0
        max = each.value.milliseconds
      }
    }
  }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.burns

  project               = var.project_id
  display_name          = "${var.name}: ${each.value.service}: ${each.value.objective} budget burns ${each.value.factor} times too fast"
  combiner              = "AND"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = merge(var.labels, { service = each.value.service, slo = each.value.objective, window = each.value.window })

  dynamic "conditions" {
    for_each = [each.value.long, each.value.short]
    content {
      display_name = "over ${conditions.value}"
      condition_threshold {
        filter          = "select_slo_burn_rate(\"${each.value.id}\", \"${conditions.value}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = each.value.factor
        duration        = "0s"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: too many ${each.value.objective == "latency" ? "slow" : "failed"} requests: ${each.value.service}"
    content   = "The ${each.value.objective} objective of ${each.value.service} is missed if this goes on. Runbook: ${var.runbook_url}#${each.value.objective}"
  }

  alert_strategy {
    auto_close = "1800s"
  }
}
