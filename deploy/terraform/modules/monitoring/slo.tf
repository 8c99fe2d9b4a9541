# What callers were promised, counted where they see it: at the load balancer. An alert fires when the errors that a
# month may have are being used up too fast: at a rate that would end them in two days (over one hour and the last five
# minutes), in five days (six hours and half an hour), or before the month is over (three days and six hours).
locals {
  requests = join(" AND ", [
    "resource.type=\"https_lb_rule\"",
    "resource.labels.url_map_name=\"${var.load_balancer.url_map}\"",
    "resource.labels.backend_target_name=\"${var.load_balancer.backend_service}\"",
  ])

  burn_rates = {
    fast   = { factor = 14.4, long = "3600s", short = "300s", severity = "CRITICAL" }
    medium = { factor = 6, long = "21600s", short = "1800s", severity = "ERROR" }
    slow   = { factor = 1, long = "259200s", short = "21600s", severity = "WARNING" }
  }
  slos = {
    availability = google_monitoring_slo.availability.id
    latency      = google_monitoring_slo.latency.id
  }
  burns = {
    for pair in setproduct(keys(local.slos), keys(local.burn_rates)) :
    "${pair[0]}-${pair[1]}" => merge(local.burn_rates[pair[1]], { objective = pair[0], speed = pair[1] })
  }
}

resource "google_monitoring_custom_service" "main" {
  project      = var.project_id
  service_id   = var.name
  display_name = "${var.name}: predictions"
  user_labels  = var.labels
}

resource "google_monitoring_slo" "availability" {
  project             = var.project_id
  service             = google_monitoring_custom_service.main.service_id
  slo_id              = "availability"
  display_name        = "${var.slo.availability * 100} % of the requests get an answer that is no 5xx"
  goal                = var.slo.availability
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.requests}"
      bad_service_filter   = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.requests} AND metric.labels.response_code_class=500"
    }
  }
}

resource "google_monitoring_slo" "latency" {
  project             = var.project_id
  service             = google_monitoring_custom_service.main.service_id
  slo_id              = "latency"
  display_name        = "${var.slo.latency * 100} % of the requests are answered within ${var.slo.latency_ms} ms"
  goal                = var.slo.latency
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "metric.type=\"loadbalancing.googleapis.com/https/backend_latencies\" AND ${local.requests}"
      range {
        min = 0
        max = var.slo.latency_ms
      }
    }
  }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.burns

  project               = var.project_id
  display_name          = "${var.name}: ${each.value.objective} budget burns ${each.value.factor} times too fast"
  combiner              = "AND"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = merge(var.labels, { slo = each.value.objective, speed = each.value.speed })

  dynamic "conditions" {
    for_each = [each.value.long, each.value.short]
    content {
      display_name = "over ${conditions.value}"
      condition_threshold {
        filter          = "select_slo_burn_rate(\"${local.slos[each.value.objective]}\", \"${conditions.value}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = each.value.factor
        duration        = "0s"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: too many ${each.value.objective == "latency" ? "slow" : "failed"} requests"
    content   = "The ${each.value.objective} objective is missed if this goes on. Runbook: ${var.runbook_url}#${each.value.objective}"
  }

  alert_strategy {
    auto_close = "1800s"
  }
}
