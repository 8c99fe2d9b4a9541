# One rule for each flow that is wanted, aimed at a service account; everything else is refused and logged.
# A rule without sources would be open to everybody (Google reads an empty source_ranges as 0.0.0.0/0), so a rule
# whose list of sources is empty does not exist.
locals {
  google_load_balancers = ["130.211.0.0/22", "35.191.0.0/16"]
  google_iap            = ["35.235.240.0/20"]

  rules = {
    load-balancer = { about = "The load balancer and its health checks", port = "8000", sources = var.load_balanced ? local.google_load_balancers : [] }
    iap-ssh       = { about = "SSH through the Identity-Aware Proxy", port = "22", sources = var.iap_ssh ? local.google_iap : [] }
    ssh           = { about = "SSH from known networks", port = "22", sources = var.ssh_ranges }
  }
}

resource "google_compute_firewall" "allow" {
  for_each = { for name, rule in local.rules : name => rule if length(rule.sources) > 0 }

  project                 = var.project_id
  name                    = "${var.name}-allow-${each.key}"
  description             = each.value.about
  network                 = google_compute_network.main.id
  direction               = "INGRESS"
  priority                = 1000
  source_ranges           = each.value.sources
  target_service_accounts = [var.service_account]

  allow {
    protocol = "tcp"
    ports    = [each.value.port]
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "deny" {
  project       = var.project_id
  name          = "${var.name}-deny-ingress"
  description   = "What no other rule allows; logged, which the implied rule is not"
  network       = google_compute_network.main.id
  direction     = "INGRESS"
  priority      = 65534
  source_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "INCLUDE_ALL_METADATA"
  }
}
