output "channels" {
  description = "Ids of all notification channels."
  value       = local.channels
}

output "alerts" {
  description = "Name => id of each alert."
  value = merge(
    { for name, alert in google_monitoring_alert_policy.burn : "burn-${name}" => alert.id },
    { for name, alert in google_monitoring_alert_policy.cause : name => alert.id },
    { for name, alert in google_monitoring_alert_policy.metric : name => alert.id },
    { for alert in google_monitoring_alert_policy.silence : "silence" => alert.id },
  )
}

output "dashboard" {
  description = "Id of the dashboard."
  value       = google_monitoring_dashboard.main.id
}

output "slos" {
  description = "Name => full name of each objective."
  value       = { for name, slo in local.slos : name => slo.id }
}
