# Alerts on causes that only the API's own metrics tell: its model, its heap, its files. They are Prometheus' own rules
# (deploy/prometheus/rules/causes.yaml), asked of Managed Service for Prometheus. What the metrics of Google tell as well
# is in alerts.tf.
locals {
  told_by_google = ["ServiceDown", "ServiceAbsent", "ModelRefused", "WrongKeys", "Memory"]

  groups   = { for group in yamldecode(file("${path.module}/../../../prometheus/rules/causes.yaml")).groups : group.name => group.rules }
  rules    = flatten([for name in ["serve", "process", "model"] : local.groups[name]])
  recorded = { for rule in local.rules : rule.record => "(${trimspace(rule.expr)})" if can(rule.record) }

  # Nobody records series there, so they are written out where they are used.
  psi = replace(replace(local.recorded["model:predicted_class:psi"],
    "model:predicted_class:share1h", local.recorded["model:predicted_class:share1h"]),
  "model:predicted_class:share7d", local.recorded["model:predicted_class:share7d"])

  metric_alerts = { for rule in local.rules : regex("#(.+)$", rule.annotations.runbook_url)[0] => {
    name     = rule.alert
    query    = replace(trimspace(rule.expr), "model:predicted_class:psi", local.psi)
    duration = "${60 * try(tonumber(trimsuffix(rule.for, "m")), 0)}s"
    severity = rule.labels.severity == "page" ? "CRITICAL" : "WARNING"
    text     = rule.annotations.description
  } if can(rule.alert) && !contains(local.told_by_google, try(rule.alert, "")) }
}

resource "google_monitoring_alert_policy" "metric" {
  for_each = var.metrics ? local.metric_alerts : {}

  project               = var.project_id
  display_name          = "${var.name}: ${each.value.name}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = merge(var.labels, { alert = each.key })

  conditions {
    display_name = each.value.name
    condition_prometheus_query_language {
      query                     = each.value.query
      duration                  = each.value.duration
      evaluation_interval       = "60s"
      alert_rule                = each.value.name
      disable_metric_validation = true # before the first measurement has come there is no such metric
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: ${each.value.name}"
    content   = "${each.value.text} Runbook: ${var.runbook_url}#${each.key}"
  }

  alert_strategy {
    auto_close = "1800s"
  }
}
