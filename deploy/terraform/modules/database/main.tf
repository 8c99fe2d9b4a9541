# PostgreSQL for the tracking server, on a private address, encrypted, backed up every day and to any second of the
# last days. Its name in the network is `host`, so that the address is in nobody's settings.
locals {
  # A week at most, and shorter than the daily backups reach back: Cloud SQL refuses anything else.
  log_days = min(7, var.backups - 1)
}

resource "google_sql_database_instance" "main" {
  project             = var.project_id
  name                = var.name
  region              = var.region
  database_version    = var.postgres_version
  encryption_key_name = var.kms_key
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.disk_size_gb
    disk_autoresize             = true
    disk_autoresize_limit       = var.disk_limit_gb
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = var.labels

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = local.log_days
      backup_retention_settings {
        retained_backups = var.backups
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled  = true
      record_application_tags = false
      record_client_address   = false
    }

    dynamic "database_flags" {
      for_each = {
        "cloudsql.enable_pgaudit"    = "on"
        "log_checkpoints"            = "on"
        "log_connections"            = "on"
        "log_disconnections"         = "on"
        "log_duration"               = "off"
        "log_hostname"               = "on"
        "log_lock_waits"             = "on"
        "log_min_duration_statement" = "-1"
        "log_min_error_statement"    = "error"
        "log_min_messages"           = "warning"
        "log_statement"              = "ddl"
        "log_temp_files"             = "0"
        "pgaudit.log"                = "ddl,role"
      }
      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }

  # A grown disk is not a change to undo.
  lifecycle {
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "main" {
  for_each = var.databases

  project         = var.project_id
  name            = each.value
  instance        = google_sql_database_instance.main.name
  deletion_policy = "ABANDON" # it goes with the instance; PostgreSQL keeps one that somebody is connected to
}

# The password is written, never read: it is in no plan and no state. It is given when the user is made, which is the
# first apply; afterwards `gcloud sql users set-password` changes it. Who does not give one gets a user with a password
# that nobody knows.
resource "google_sql_user" "main" {
  project             = var.project_id
  name                = "mlops"
  instance            = google_sql_database_instance.main.name
  password_wo         = var.password != null ? var.password : "${uuid()}-${uuid()}"
  password_wo_version = 1
  deletion_policy     = "ABANDON"
}

resource "google_dns_managed_zone" "main" {
  project     = var.project_id
  name        = "${var.name}-internal"
  dns_name    = "${var.zone}."
  description = "Names inside the network"
  visibility  = "private"
  labels      = var.labels

  private_visibility_config {
    networks {
      network_url = var.network
    }
  }
}

resource "google_dns_record_set" "main" {
  project      = var.project_id
  managed_zone = google_dns_managed_zone.main.name
  name         = "database.${google_dns_managed_zone.main.dns_name}"
  type         = "A"
  ttl          = 60
  rrdatas      = [google_sql_database_instance.main.private_ip_address]
}
