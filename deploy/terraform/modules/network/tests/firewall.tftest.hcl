# Who gets in to the machines.
mock_provider "google" {}

variables {
  project_id      = "acme-mlops-dev"
  region          = "europe-west1"
  name            = "mlops-dev"
  service_account = "api@acme-mlops-dev.iam.gserviceaccount.com"
}

# A rule with an empty list of sources would be open to the whole internet.
run "nobody_gets_in_by_default" {
  command = plan

  assert {
    condition     = length(google_compute_firewall.allow) == 0
    error_message = "Without sources there must be no rule at all."
  }
  assert {
    condition     = google_compute_firewall.deny.priority == 65534 && one(google_compute_firewall.deny.deny).protocol == "all" && length(google_compute_firewall.deny.log_config) == 1
    error_message = "What is not allowed is refused, and logged."
  }
}

run "each_flow_has_a_rule_with_sources_and_a_target" {
  command = plan
  variables {
    load_balanced = true
    iap_ssh       = true
    ssh_ranges    = ["198.51.100.0/24"]
  }

  assert {
    condition     = toset(keys(google_compute_firewall.allow)) == toset(["load-balancer", "iap-ssh", "ssh"])
    error_message = "One rule for each flow."
  }
  assert {
    condition = alltrue([for rule in google_compute_firewall.allow :
      length(rule.source_ranges) > 0 && !contains(rule.source_ranges, "0.0.0.0/0") &&
    rule.target_service_accounts == toset([var.service_account]) && length(rule.log_config) == 1])
    error_message = "Every rule names its sources and its target, and is logged."
  }
  assert {
    condition     = google_compute_firewall.allow["load-balancer"].source_ranges == toset(["130.211.0.0/22", "35.191.0.0/16"])
    error_message = "Only Google's load balancers reach port 8000."
  }
  assert {
    condition     = flatten([for rule in google_compute_firewall.allow : [for allow in rule.allow : allow.ports]]) == ["22", "8000", "22"]
    error_message = "Port 80 is open to nobody."
  }
}

run "ssh_for_the_internet_is_refused" {
  command = plan
  variables {
    ssh_ranges = ["0.0.0.0/0"]
  }
  expect_failures = [var.ssh_ranges]
}

run "ssh_for_half_the_internet_is_refused" {
  command = plan
  variables {
    ssh_ranges = ["128.0.0.0/1"]
  }
  expect_failures = [var.ssh_ranges]
}

run "a_public_subnet_is_refused" {
  command = plan
  variables {
    subnet_range = "8.8.8.0/24"
  }
  expect_failures = [var.subnet_range]
}

run "flows_are_logged_and_google_is_reached_privately" {
  command = plan

  assert {
    condition     = length(google_compute_subnetwork.main.log_config) == 1 && google_compute_subnetwork.main.private_ip_google_access
    error_message = "The subnet logs flows and reaches Google's APIs without public addresses."
  }
  assert {
    condition     = google_compute_router_nat.main.source_subnetwork_ip_ranges_to_nat == "ALL_SUBNETWORKS_ALL_IP_RANGES" && one(google_compute_router_nat.main.log_config).enable
    error_message = "The NAT serves the whole subnet and logs errors."
  }
}
