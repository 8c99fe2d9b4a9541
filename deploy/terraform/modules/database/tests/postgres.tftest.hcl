mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  region     = "europe-west1"
  name       = "mlops-dev"
  network    = "projects/acme-mlops-dev/global/networks/mlops-dev"
  password   = "0123456789abcdef01234567"
}

run "private_encrypted_backed_up" {
  command = plan

  assert {
    condition     = !google_sql_database_instance.main.settings[0].ip_configuration[0].ipv4_enabled && google_sql_database_instance.main.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY"
    error_message = "No public address, no unencrypted connection."
  }
  assert {
    condition     = google_sql_database_instance.main.settings[0].backup_configuration[0].enabled && google_sql_database_instance.main.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "Daily backups, and any second of the last week."
  }
  assert {
    condition     = google_sql_database_instance.main.settings[0].backup_configuration[0].transaction_log_retention_days == 7
    error_message = "A week, where there are backups of two."
  }
  assert {
    condition     = google_sql_database_instance.main.deletion_protection && google_sql_database_instance.main.settings[0].deletion_protection_enabled
    error_message = "Neither Terraform nor the console deletes it."
  }
}

run "a_second_machine_when_wanted" {
  command = plan
  variables {
    high_availability = true
  }

  assert {
    condition     = google_sql_database_instance.main.settings[0].availability_type == "REGIONAL"
    error_message = "Another zone takes over."
  }
}

run "fewer_backups_mean_a_shorter_log" {
  command = plan
  variables {
    backups = 3
  }

  assert {
    condition     = google_sql_database_instance.main.settings[0].backup_configuration[0].transaction_log_retention_days == 2 && google_sql_database_instance.main.settings[0].backup_configuration[0].backup_retention_settings[0].retained_backups == 3
    error_message = "Cloud SQL refuses a log that reaches back as far as the backups."
  }
}

run "a_single_backup_is_refused" {
  command = plan
  variables {
    backups = 1
  }
  expect_failures = [var.backups]
}

run "databases_go_with_their_instance" {
  command = plan

  assert {
    condition     = alltrue([for database in google_sql_database.main : database.deletion_policy == "ABANDON"]) && google_sql_user.main.deletion_policy == "ABANDON"
    error_message = "Neither is dropped by itself, which somebody who is connected would hinder."
  }
}

run "the_password_is_not_known_to_the_plan" {
  command = plan

  assert {
    condition     = google_sql_user.main.password == null && google_sql_user.main.password_wo == null
    error_message = "It is written, never kept."
  }
}

run "a_short_password_is_refused" {
  command = plan
  variables {
    password = "short"
  }
  expect_failures = [var.password]
}

run "later_applies_need_no_password" {
  command = plan
  variables {
    password = null
  }
}

run "programs_find_it_by_a_name_in_the_network" {
  command = apply

  assert {
    condition     = output.host == "database.mlops.internal" && google_dns_record_set.main.rrdatas == tolist([google_sql_database_instance.main.private_ip_address])
    error_message = "The name leads to the private address that it got."
  }
  assert {
    condition     = output.instance_id == "acme-mlops-dev:mlops-dev" && google_sql_user.main.password_wo == null
    error_message = "What was written is kept nowhere."
  }
}
