# One page: what callers see, then what runs, then the database and the jobs.
locals {
  panels = [
    { title = "Requests a second by status", filter = "metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND ${local.arriving}", align = "ALIGN_RATE", reduce = "REDUCE_SUM", group = ["metric.label.response_code_class"] },
    { title = "Latency, 50th percentile (ms)", filter = "metric.type=\"loadbalancing.googleapis.com/https/backend_latencies\" AND ${local.arriving}", align = "ALIGN_DELTA", reduce = "REDUCE_PERCENTILE_50", group = [] },
    { title = "Latency, 99th percentile (ms)", filter = "metric.type=\"loadbalancing.googleapis.com/https/backend_latencies\" AND ${local.arriving}", align = "ALIGN_DELTA", reduce = "REDUCE_PERCENTILE_99", group = [] },
    { title = "Refused by the WAF a second", filter = "metric.type=\"networksecurity.googleapis.com/https/request_count\" AND resource.type=\"network_security_policy\" AND metric.labels.blocked=\"true\"", align = "ALIGN_RATE", reduce = "REDUCE_SUM", group = ["resource.label.policy_name"] },
    { title = "Memory of the API", filter = local.alerts.memory.filter, align = local.alerts.memory.align, reduce = "REDUCE_MAX", group = [] },
    { title = "Processors of the API", filter = local.alerts.cpu.filter, align = local.alerts.cpu.align, reduce = "REDUCE_MAX", group = [] },
    { title = "Instances", filter = local.alerts.instances.filter, align = "ALIGN_MAX", reduce = "REDUCE_SUM", group = [] },
    { title = "Memory of the tracking server", filter = local.alerts.tracking-memory.filter, align = "ALIGN_PERCENTILE_99", reduce = "REDUCE_MAX", group = [] },
    { title = "Disk of the database", filter = local.alerts.database-disk.filter, align = "ALIGN_MEAN", reduce = "REDUCE_MAX", group = [] },
    { title = "Processors of the database", filter = local.alerts.database-cpu.filter, align = "ALIGN_MEAN", reduce = "REDUCE_MAX", group = [] },
    { title = "Jobs by result", filter = "metric.type=\"run.googleapis.com/job/completed_execution_count\" AND resource.type=\"cloud_run_job\" AND resource.labels.job_name=starts_with(\"${var.name}-\")", align = "ALIGN_DELTA", reduce = "REDUCE_SUM", group = ["resource.label.job_name", "metric.label.result"] },
    { title = "Wrong keys", filter = local.alerts.wrong-keys.filter, align = "ALIGN_DELTA", reduce = "REDUCE_SUM", group = [] },
  ]

  tiles = [for index, panel in local.panels : {
    xPos   = index % 3 * 16
    yPos   = floor(index / 3) * 16
    width  = 16
    height = 16
    widget = {
      title = panel.title
      xyChart = {
        dataSets = [{
          plotType = "LINE"
          timeSeriesQuery = {
            timeSeriesFilter = {
              filter      = panel.filter
              aggregation = { alignmentPeriod = "60s", perSeriesAligner = panel.align, crossSeriesReducer = panel.reduce, groupByFields = panel.group }
            }
          }
        }]
      }
    }
  }]
}

resource "google_monitoring_dashboard" "main" {
  project = var.project_id
  dashboard_json = jsonencode({
    displayName  = var.name
    mosaicLayout = { columns = 48, tiles = local.tiles }
  })
}
