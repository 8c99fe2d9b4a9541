# The programs, all of one image: the prediction API, the tracking server, the jobs. No image holds a model: the API
# asks the tracking server for the version behind its alias, at start and whenever the alias moves.
locals {
  # One instance cannot be given a share of the traffic, so it gets a new image after the API did well with it.
  tracking_image = coalesce(var.tracking_image, var.image)

  # Google's load balancers, and the local hop in front of a Cloud Run instance; what they say about callers is true.
  proxies = join(",", ["130.211.0.0/22", "35.191.0.0/16", "169.254.0.0/16", "${module.load_balancer.ip}/32"])

  tracking_host = "${local.name}-tracking-${local.number}.${var.region}.run.app"
  tracking_uri  = "https://${local.tracking_host}"

  serve_args = ["serve", "--host", "0.0.0.0", "--port", "8000"]
  serve_env = merge({
    ENVIRONMENT              = { dev = "development", staging = "staging", prod = "production" }[var.environment]
    CORS_ORIGINS             = join(",", var.cors_origins)
    MLFLOW_TRACKING_URI      = local.tracking_uri
    MLFLOW_TRACKING_USERNAME = "serving"
    MLOPS_MODEL_NAME         = var.model.name
    MLOPS_MODEL_ALIAS        = var.model.alias
    GOOGLE_CLOUD_PROJECT     = var.project_id # log lines name the trace that they belong to
    MLOPS_HTTPS              = "true"
    TRUSTED_PROXIES          = local.proxies
  }, var.api.env)
}

module "api_cloud_run" {
  source = "../cloud_run"
  count  = var.runtime == "cloud_run" ? 1 : 0

  project_id      = var.project_id
  region          = var.region
  name            = "${local.name}-api"
  image           = var.image
  args            = local.serve_args
  port            = 8000
  service_account = module.identity.emails.api
  network         = module.network.network
  subnetwork      = module.network.subnetwork
  instances       = { min = var.api.min_instances, max = var.api.max_instances }
  cpu             = var.api.cpu
  memory          = var.api.memory
  concurrency     = var.api.concurrency
  startup_path    = "/health/live"
  liveness_path   = "/health/live"
  traffic         = var.traffic
  env             = merge(local.serve_env, { API_KEYS_FILE = "/secrets/api-keys/api-keys", MLFLOW_TRACKING_PASSWORD_FILE = "/secrets/password/password" })
  secret_files = {
    api-keys = { secret = var.secrets.api_keys, path = "/secrets/api-keys/api-keys" }
    password = { secret = var.secrets.serving_password, path = "/secrets/password/password" }
  }

  collector = var.collector_image == null ? null : { image = var.collector_image, config = local.collector }

  admission_policy    = var.only_known_images
  deletion_protection = var.deletion_protection
  labels              = local.labels
  depends_on          = [google_secret_manager_secret_iam_member.reader, google_binary_authorization_policy.main]
}

module "api_mig" {
  source = "../mig"
  count  = var.runtime == "mig" ? 1 : 0

  project_id      = var.project_id
  region          = var.region
  name            = "${local.name}-api"
  image           = var.image
  args            = local.serve_args
  env             = local.serve_env
  api_keys_secret = var.secrets.api_keys
  password_secret = var.secrets.serving_password
  service_account = module.identity.emails.api
  subnetwork      = module.network.subnetwork
  instances       = { min = var.api.min_instances, max = var.api.max_instances }
  machine_type    = var.machines.type
  disk_size_gb    = var.machines.disk_size_gb
  os_family       = var.machines.os_family
  kms_key         = try(module.kms[0].keys.disk, null)
  labels          = local.labels
  depends_on      = [google_secret_manager_secret_iam_member.reader, google_artifact_registry_repository_iam_member.puller]
}

module "tracking" {
  source = "../cloud_run"

  project_id = var.project_id
  region     = var.region
  name       = "${local.name}-tracking"
  image      = local.tracking_image
  args = [
    "server", "--host", "0.0.0.0", "--port", "5000", "--app-name", "basic-auth",
    "--artifacts-destination", module.artifacts.url,
    "--allowed-hosts", "${var.domains.tracking},${local.tracking_host}",
  ]
  port            = 5000
  http2           = true # files of models may be large
  service_account = module.identity.emails.tracking
  network         = module.network.network
  subnetwork      = module.network.subnetwork
  # One instance: who is logged in is in its memory. Another takes over when it fails.
  instances       = { min = 1, max = 1 }
  cpu             = var.tracking.cpu
  memory          = var.tracking.memory
  concurrency     = 500
  timeout_seconds = 3600 # large artifacts, streams of events
  startup_path    = "/health"
  liveness_path   = "/health/live"
  env = {
    MLFLOW_AUTH_CONFIG_PATH       = "/secrets/auth/basic_auth.ini"
    MLFLOW_BACKEND_STORE_URI_FILE = "/secrets/database/uri"
    MLOPS_AUDIT_LOG               = "/dev/stdout"
    MLOPS_PUBLIC_URL              = "https://${var.domains.tracking}"
    TRUSTED_PROXIES               = local.proxies
  }
  secret_files = {
    auth     = { secret = var.secrets.tracking_auth, path = "/secrets/auth/basic_auth.ini" }
    database = { secret = var.secrets.tracking_database, path = "/secrets/database/uri" }
  }

  admission_policy    = var.only_known_images
  deletion_protection = var.deletion_protection
  labels              = local.labels
  depends_on          = [google_secret_manager_secret_iam_member.reader, google_binary_authorization_policy.main, module.database]
}

module "jobs" {
  source = "../jobs"

  project_id        = var.project_id
  region            = var.region
  name              = local.name
  jobs              = var.jobs
  time_zone         = var.time_zone
  service_account   = module.identity.emails.trainer
  scheduler_account = module.identity.emails.clock
  network           = module.network.network
  subnetwork        = module.network.subnetwork
  env = {
    MLFLOW_TRACKING_URI           = local.tracking_uri
    MLFLOW_TRACKING_USERNAME      = "trainer"
    MLFLOW_TRACKING_PASSWORD_FILE = "/secrets/password/password"
  }
  secret_files     = { password = { secret = var.secrets.trainer_password, path = "/secrets/password/password" } }
  admission_policy = var.only_known_images
  labels           = local.labels
  depends_on       = [google_secret_manager_secret_iam_member.reader, google_binary_authorization_policy.main]
}
