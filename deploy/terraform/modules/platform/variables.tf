# Where, and what it is called.

variable "project_id" {
  type        = string
  description = "The project; one for each environment keeps a mistake in one of them."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id is the id, such as acme-mlops-dev, neither the name nor the number; `gcloud projects list` prints it."
  }
}

variable "region" {
  type        = string
  description = "Region of everything. There is no zone to choose: what runs is spread over the zones there are."
  default     = "europe-west1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region is one such as europe-west1, without a zone's letter at the end; `gcloud compute regions list` prints them."
  }
}

variable "environment" {
  type        = string
  description = "dev, staging or prod; the programs are told, and are stricter the nearer to prod."

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment is dev, staging or prod."
  }
}

variable "name" {
  type        = string
  description = "What all names begin with."
  default     = "mlops"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,10}$", var.name))
    error_message = "name has 2 to 11 small letters and digits and begins with a letter."
  }
}

variable "labels" {
  type        = map(string)
  description = "Labels of everything, beside system, environment and managed-by."
  default     = {}

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "Labels have small letters, digits, _ and -; a key begins with a letter."
  }
}

# What runs.

variable "image" {
  type        = string
  description = "The image, by digest: <region>-docker.pkg.dev/<project>/<repository>/mlops@sha256:<digest>."

  validation {
    condition     = can(regex("^[a-z0-9-]+-docker\\.pkg\\.dev/[^/]+/[^/]+/[^@]+@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must name a digest in Artifact Registry: <region>-docker.pkg.dev/<project>/<repository>/mlops@sha256:<64 hex digits>. A tag such as :latest can mean another image on the next machine; `gcloud artifacts docker images describe IMAGE:TAG --format='value(image_summary.digest)'` prints its digest."
  }
}

variable "tracking_image" {
  type        = string
  description = "The image of the tracking server, while deploy/rollout/canary looks whether the API does well with another one; null for `image`."
  default     = null

  validation {
    condition     = var.tracking_image == null || can(regex("^[a-z0-9-]+-docker\\.pkg\\.dev/[^/]+/[^/]+/[^@]+@sha256:[0-9a-f]{64}$", var.tracking_image))
    error_message = "tracking_image names a digest in Artifact Registry, as image does."
  }
}

variable "only_known_images" {
  type        = bool
  description = "Cloud Run refuses images of other registries than those named here (Binary Authorization; one policy for the whole project)."
  default     = false
}

variable "runtime" {
  type        = string
  description = "What answers predictions: cloud_run (no machines to look after, shares of traffic) or mig (a group of machines)."
  default     = "cloud_run"

  validation {
    condition     = contains(["cloud_run", "mig"], var.runtime)
    error_message = "runtime is cloud_run or mig."
  }
}

variable "model" {
  type        = object({ name = string, alias = optional(string, "champion") })
  description = "The registered model that is served, and the alias of the version."
}

variable "api" {
  type = object({
    min_instances = optional(number, 1)
    max_instances = optional(number, 5)
    cpu           = optional(string, "1")
    memory        = optional(string, "1Gi")
    concurrency   = optional(number, 80)
    env           = optional(map(string), {})
  })
  description = "How many instances of the prediction API, and how large; env has more settings for it, nothing secret. cpu, memory and concurrency are Cloud Run's."
  default     = {}

  validation {
    condition     = !anytrue([for name in keys(var.api.env) : can(regex("(?i)(key|password|secret|token)$", name))])
    error_message = "api.env is for settings that everybody may read. Keys and passwords go to Secret Manager: see deploy/terraform/add-secrets."
  }
}

variable "traffic" {
  type        = object({ stable_revision = optional(string), canary_percent = optional(number, 100) })
  description = "Cloud Run: share of the newest revision; the rest goes to stable_revision. 0 rolls back."
  default     = {}

  validation {
    condition     = var.traffic.stable_revision == null || var.runtime == "cloud_run"
    error_message = "traffic is for runtime = \"cloud_run\"; a group of machines replaces one after the other instead."
  }
}

variable "machines" {
  type = object({
    type         = optional(string, "e2-small")
    disk_size_gb = optional(number, 20)
    os_family    = optional(string, "cos-stable")
  })
  description = "The machines of runtime = \"mig\"."
  default     = {}
}

variable "tracking" {
  type        = object({ cpu = optional(string, "1"), memory = optional(string, "1Gi") })
  description = "How large the tracking server's instance is."
  default     = {}
}

variable "jobs" {
  type = map(object({
    image           = string
    command         = optional(list(string))
    args            = list(string)
    schedule        = optional(string)
    paused          = optional(bool, false)
    cpu             = optional(string, "2")
    memory          = optional(string, "4Gi")
    timeout_minutes = optional(number, 60)
    retries         = optional(number, 1)
    env             = optional(map(string), {})
  }))
  description = "Jobs: the image of a project, by digest, arguments of mlops, or of command instead, and when."
  default     = {}
}

variable "time_zone" {
  type        = string
  description = "Time zone of the schedules."
  default     = "Etc/UTC"
}

# Who may come in.

variable "domains" {
  type        = object({ api = string, tracking = string })
  description = "Names of the prediction API and of the tracking server; certificates are made for them."
}

variable "cors_origins" {
  type        = list(string)
  description = "Origins of web pages that may call the API, such as https://app.example.org."

  validation {
    condition     = alltrue([for origin in var.cors_origins : origin == "*" || can(regex("^https?://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "cors_origins are origins such as https://app.example.org: scheme and host, no path, no / at the end."
  }

  validation {
    condition     = var.environment == "dev" || (!contains(var.cors_origins, "*") && alltrue([for origin in var.cors_origins : startswith(origin, "https://")]))
    error_message = "Outside of dev, cors_origins lists https:// origins and no *: the service would refuse to start."
  }

  validation {
    condition     = var.environment != "prod" || length(var.cors_origins) > 0
    error_message = "prod needs at least one origin in cors_origins; without, the service refuses to start."
  }
}

variable "allowed_ranges" {
  type        = list(string)
  description = "Networks that may call the API; null for everybody, who still needs a key."
  default     = null
}

variable "tracking_allowed_ranges" {
  type        = list(string)
  description = "Networks that may reach the tracking server; null for everybody, who still has to log in."
  default     = null
}

variable "private_paths" {
  type        = list(string)
  description = "Paths of the API that nobody outside gets."
  default     = ["/metrics", "/docs", "/openapi.json"]
}

variable "requests_per_minute" {
  type        = number
  description = "Pace that one address may keep at the API."
  default     = 600
}

variable "waf_preview" {
  type        = bool
  description = "The rules against attacks on the API only write into the log."
  default     = false
}

variable "ssh_users" {
  type        = list(string)
  description = "Who may log in to the machines of runtime = \"mig\", through the Identity-Aware Proxy: user:ada@example.org or group:..."
  default     = []

  validation {
    condition     = alltrue([for user in var.ssh_users : can(regex("^(user|group):[^@]+@.+$", user))])
    error_message = "ssh_users are members such as user:ada@example.org or group:ops@example.org; everybody (allUsers) is none."
  }
}

variable "ssh_ranges" {
  type        = list(string)
  description = "Networks that may use SSH without that proxy; empty means none."
  default     = []
}

variable "subnet_range" {
  type        = string
  description = "Addresses of the subnet."
  default     = "10.0.1.0/24"
}

# What is kept.

variable "bucket_name" {
  type        = string
  description = "Bucket of the artifacts; null for <project>-<name>-<environment>-artifacts."
  default     = null
}

variable "force_destroy_buckets" {
  type        = bool
  description = "`terraform destroy` may delete the buckets with all models and data in them."
  default     = false

  validation {
    condition     = !var.force_destroy_buckets || var.environment != "prod"
    error_message = "force_destroy_buckets is refused in prod: models and data would be gone with one command."
  }
}

variable "database" {
  type = object({
    tier              = optional(string, "db-custom-1-3840")
    high_availability = optional(bool, false)
    disk_limit_gb     = optional(number, 200)
    backups           = optional(number, 14)
  })
  description = "Size of PostgreSQL, a second machine in another zone, and how many daily backups stay."
  default     = {}
}

variable "database_password" {
  type        = string
  description = "Password of the database's user; needed at the first apply only, and kept in no state."
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "secrets" {
  type = object({
    api_keys          = optional(string, "mlops-api-keys")
    serving_password  = optional(string, "mlops-serving-password")
    trainer_password  = optional(string, "mlops-trainer-password")
    tracking_database = optional(string, "mlops-tracking-database")
    tracking_auth     = optional(string, "mlops-tracking-auth")
  })
  description = "Names of the secrets in Secret Manager, which bootstrap makes and add-secrets fills."
  default     = {}
}

variable "cmek" {
  type        = bool
  description = "Buckets, database and disks are encrypted with keys of one's own."
  default     = false
}

variable "deletion_protection" {
  type        = bool
  description = "Database and services cannot be deleted by `terraform destroy` until this is false and applied."
  default     = true
}

# Who is told. What callers were promised is in deploy/slo.yaml.

variable "notification_emails" {
  type        = set(string)
  description = "Addresses that alerts are sent to."
  default     = []
}

variable "notification_channels" {
  type        = list(string)
  description = "Ids of notification channels made elsewhere, such as a pager's."
  default     = []
}

variable "collector_image" {
  type        = string
  description = "Image of the OpenTelemetry Collector, by digest, which sends the API's metrics to Managed Service for Prometheus, for the alerts on the model; null for none. Cloud Run only."
  default     = null

  validation {
    condition     = var.collector_image == null ? true : can(regex("@sha256:[0-9a-f]{64}$", var.collector_image))
    error_message = "collector_image is named by digest, such as us-docker.pkg.dev/cloud-ops-agents-artifacts/google-cloud-opentelemetry-collector/otelcol-google@sha256:<64 hex digits>."
  }

  validation {
    condition     = var.collector_image == null || var.runtime == "cloud_run"
    error_message = "collector_image runs beside the API on Cloud Run; machines (runtime = \"mig\") have none."
  }
}

variable "runbook_url" {
  type        = string
  description = "Page that every alert links to."
  default     = "docs/runbook.md"
}

variable "budget" {
  type        = object({ billing_account = string, units = number, currency = optional(string, "EUR") })
  description = "Money for a month; null for no budget."
  default     = null
}
