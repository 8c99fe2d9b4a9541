# What the world sees: two names on one address, each behind rules of its own.
locals {
  slo = yamldecode(file("${path.module}/../../../slo.yaml"))

  # The requests that slo.yaml counts are of one route, or of all but some: the load balancer tells these paths apart.
  predictions   = "/predict"
  not_a_request = ["/health", "/metrics", "/api/mlops/v1/events"]

  api_group = one(concat(module.api_cloud_run[*].backend_group, module.api_mig[*].backend_group))
}

module "api_waf" {
  source = "../waf"

  project_id          = var.project_id
  name                = "${local.name}-api"
  allowed_ranges      = var.allowed_ranges
  private_paths       = var.private_paths
  requests_per_minute = var.requests_per_minute
  preview             = var.waf_preview
}

# Names of runs and texts of notes look like attacks now and then, so those rules only tell here; who comes is asked
# for a password.
module "tracking_waf" {
  source = "../waf"

  project_id          = var.project_id
  name                = "${local.name}-tracking"
  allowed_ranges      = var.tracking_allowed_ranges
  private_paths       = ["/metrics"]
  requests_per_minute = 6000
  preview             = true
}

module "load_balancer" {
  source = "../load_balancer"

  project_id      = var.project_id
  name            = local.name
  default_backend = "api"
  labels          = local.labels
  backends = {
    api = {
      domain   = var.domains.api
      group    = local.api_group
      policy   = module.api_waf.policy
      machines = var.runtime == "mig"
      counted  = [local.predictions]
    }
    tracking = {
      domain  = var.domains.tracking
      group   = module.tracking.backend_group
      policy  = module.tracking_waf.policy
      counted = local.not_a_request
    }
  }
}

module "monitoring" {
  source = "../monitoring"

  project_id       = var.project_id
  name             = local.name
  emails           = var.notification_emails
  channels         = var.notification_channels
  slo              = local.slo
  metrics          = var.runtime == "cloud_run" && var.collector_image != null
  runbook_url      = var.runbook_url
  tracking_service = module.tracking.name
  database_id      = module.database.instance_id
  load_balancer = {
    url_map = module.load_balancer.url_map
    api     = module.load_balancer.backend_services.api
    services = {
      predictions = {
        backend = module.load_balancer.backend_services.api
        rules   = ["resource.labels.matched_url_path_rule=\"${local.predictions}\""]
      }
      tracking = {
        backend = module.load_balancer.backend_services.tracking
        rules   = [for path in local.not_a_request : "resource.labels.matched_url_path_rule!=\"${path}\""]
      }
    }
  }
  runtime = {
    kind          = var.runtime
    name          = one(concat(module.api_cloud_run[*].name, module.api_mig[*].name))
    min_instances = var.api.min_instances
    max_instances = var.api.max_instances
  }
  # Google's probes come from everywhere: where only known networks may call, they would be refused. And every minute:
  # an API that may go down to no instance would never do so.
  uptime = merge(
    var.allowed_ranges == null && var.api.min_instances > 0 ? { api = { host = var.domains.api, path = "/health/ready", content = "ready" } } : {},
    var.tracking_allowed_ranges == null ? { tracking = { host = var.domains.tracking, path = "/health", content = "OK" } } : {},
  )
  labels = local.labels
}

module "budget" {
  source = "../budget"
  count  = var.budget == null ? 0 : 1

  billing_account = var.budget.billing_account
  project_number  = local.number
  name            = local.name
  amount          = { units = var.budget.units, currency = var.budget.currency }
  channels        = slice(module.monitoring.channels, 0, min(5, length(module.monitoring.channels)))
}
