# Alerts on causes. Each says what is wrong in its documentation, and where the runbook has what to do.
locals {
  service = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name"
  machine = "resource.type=\"gce_instance\" AND metadata.system_labels.name=starts_with(\"${var.runtime.name}-\")"
  api     = var.runtime.kind == "mig" ? local.machine : "${local.service}=\"${var.runtime.name}\""

  runtime_alerts = {
    cloud_run = {
      memory = {
        title  = "memory above 85 %", severity = "ERROR", threshold = 0.85
        filter = "metric.type=\"run.googleapis.com/container/memory/utilizations\" AND ${local.api}"
        align  = "ALIGN_PERCENTILE_99", reduce = "REDUCE_MAX"
      }
      cpu = {
        title  = "processors above 80 %", severity = "WARNING", threshold = 0.8
        filter = "metric.type=\"run.googleapis.com/container/cpu/utilizations\" AND ${local.api}"
        align  = "ALIGN_PERCENTILE_99", reduce = "REDUCE_MAX"
      }
      instances = {
        title  = "as many instances as it may have", severity = "WARNING", threshold = var.runtime.max_instances - 0.5
        filter = "metric.type=\"run.googleapis.com/container/instance_count\" AND ${local.api}"
        align  = "ALIGN_MAX", reduce = "REDUCE_SUM"
      }
    }
    mig = {
      memory = {
        title  = "memory above 85 %", severity = "ERROR", threshold = 85
        filter = "metric.type=\"compute.googleapis.com/guest/memory/percent_used\" AND metric.labels.state=\"used\" AND ${local.api}"
        align  = "ALIGN_MEAN", reduce = "REDUCE_MAX"
      }
      cpu = {
        title  = "processors above 80 %", severity = "WARNING", threshold = 0.8
        filter = "metric.type=\"compute.googleapis.com/instance/cpu/utilization\" AND ${local.api}"
        align  = "ALIGN_MEAN", reduce = "REDUCE_MAX"
      }
      instances = {
        title  = "fewer machines than there should be", severity = "CRITICAL", threshold = var.runtime.min_instances - 0.5, below = true, missing = true
        filter = "metric.type=\"compute.googleapis.com/instance_group/size\" AND resource.type=\"instance_group\" AND resource.labels.instance_group_name=\"${var.runtime.name}\""
        align  = "ALIGN_MIN", reduce = "REDUCE_SUM"
      }
    }
  }

  uptime_alerts = { for name, check in google_monitoring_uptime_check_config.main : "uptime-${name}" => {
    title  = "${name} does not answer from outside", severity = "CRITICAL", threshold = 1, duration = "60s"
    filter = "metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${check.uptime_check_id}\" AND resource.type=\"uptime_url\""
    align  = "ALIGN_NEXT_OLDER", reduce = "REDUCE_COUNT_FALSE", period = "1200s", group = ["resource.label.host"]
  } }

  certificate_alerts = { for name, check in google_monitoring_uptime_check_config.main : "certificate-${name}" => {
    title  = "the certificate of ${name} ends in less than two weeks", severity = "ERROR", threshold = 14, below = true, duration = "600s"
    filter = "metric.type=\"monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires\" AND metric.labels.check_id=\"${check.uptime_check_id}\" AND resource.type=\"uptime_url\""
    align  = "ALIGN_NEXT_OLDER", reduce = "REDUCE_MEAN", period = "1200s", group = ["resource.label.host"]
  } }

  arriving = join(" AND ", [
    "resource.type=\"https_lb_rule\"",
    "resource.labels.url_map_name=\"${var.load_balancer.url_map}\"",
    "resource.labels.backend_target_name=\"${var.load_balancer.api}\"",
  ])
  database = "resource.type=\"cloudsql_database\" AND resource.labels.database_id=\"${var.database_id}\""

  common_alerts = {
    database-disk = {
      title  = "the database's disk is above 85 %", severity = "ERROR", threshold = 0.85
      filter = "metric.type=\"cloudsql.googleapis.com/database/disk/utilization\" AND ${local.database}"
      align  = "ALIGN_MEAN", reduce = "REDUCE_MAX"
    }
    database-cpu = {
      title  = "the database's processors are above 90 %", severity = "WARNING", threshold = 0.9, duration = "900s"
      filter = "metric.type=\"cloudsql.googleapis.com/database/cpu/utilization\" AND ${local.database}"
      align  = "ALIGN_MEAN", reduce = "REDUCE_MAX"
    }
    database-silent = {
      title  = "the database does not answer", severity = "CRITICAL", threshold = 1, below = true, duration = "120s"
      filter = "metric.type=\"cloudsql.googleapis.com/database/up\" AND ${local.database}"
      align  = "ALIGN_MIN", reduce = "REDUCE_MIN"
    }
    tracking-memory = {
      title  = "the tracking server's memory is above 85 %", severity = "ERROR", threshold = 0.85
      filter = "metric.type=\"run.googleapis.com/container/memory/utilizations\" AND ${local.service}=\"${var.tracking_service}\""
      align  = "ALIGN_PERCENTILE_99", reduce = "REDUCE_MAX"
    }
    job-failed = {
      title  = "a job failed: training, or a drift check that found drift", severity = "ERROR", threshold = 0, duration = "0s"
      filter = "metric.type=\"run.googleapis.com/job/completed_execution_count\" AND resource.type=\"cloud_run_job\" AND resource.labels.job_name=starts_with(\"${var.name}-\") AND metric.labels.result=\"failed\""
      align  = "ALIGN_DELTA", reduce = "REDUCE_SUM", group = ["resource.label.job_name"]
    }
    model-refused = {
      title  = "a model version could not be loaded; the one before it goes on", severity = "ERROR", threshold = 0, duration = "0s"
      filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.model_refused.name}\" AND resource.type=\"${var.runtime.kind == "mig" ? "gce_instance" : "cloud_run_revision"}\""
      align  = "ALIGN_DELTA", reduce = "REDUCE_SUM"
    }
    wrong-keys = {
      title  = "many wrong keys: somebody guesses, or a key was taken away too early", severity = "WARNING", threshold = 100
      filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.wrong_keys.name}\" AND resource.type=\"l7_lb_rule\""
      align  = "ALIGN_DELTA", reduce = "REDUCE_SUM"
    }
  }

  alerts = merge(local.runtime_alerts[var.runtime.kind], local.uptime_alerts, local.certificate_alerts, local.common_alerts)
}

resource "google_monitoring_alert_policy" "cause" {
  for_each = local.alerts

  project               = var.project_id
  display_name          = "${var.name}: ${each.value.title}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = merge(var.labels, { alert = each.key })

  conditions {
    display_name = each.value.title
    condition_threshold {
      filter                  = each.value.filter
      comparison              = try(each.value.below, false) ? "COMPARISON_LT" : "COMPARISON_GT"
      threshold_value         = each.value.threshold
      duration                = try(each.value.duration, "300s")
      evaluation_missing_data = try(each.value.missing, false) ? "EVALUATION_MISSING_DATA_ACTIVE" : null

      aggregations {
        alignment_period     = try(each.value.period, "60s")
        per_series_aligner   = each.value.align
        cross_series_reducer = each.value.reduce
        group_by_fields      = try(each.value.group, null)
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: ${each.value.title}"
    content   = "${each.value.title}. Runbook: ${var.runbook_url}#${each.key}"
  }

  alert_strategy {
    auto_close = "1800s"
  }
}

# The API's uptime check alone is a few requests a minute, so silence means that nothing arrives any more.
resource "google_monitoring_alert_policy" "silence" {
  count = contains(keys(var.uptime), "api") ? 1 : 0

  project               = var.project_id
  display_name          = "${var.name}: no requests for ten minutes"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels
  user_labels           = merge(var.labels, { alert = "silence" })

  conditions {
    display_name = "no requests"
    condition_absent {
      filter   = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.arriving}"
      duration = "600s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: no requests"
    content   = "Not even the uptime checks arrive at the load balancer. Runbook: ${var.runbook_url}#silence"
  }

  alert_strategy {
    auto_close = "3600s"
  }
}
