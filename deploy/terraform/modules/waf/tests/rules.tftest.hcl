# Who is let through, and what is not.
mock_provider "google" {}

variables {
  project_id = "acme-mlops-dev"
  name       = "mlops-dev-api"
}

run "attacks_are_refused_and_the_last_rule_denies" {
  command = plan

  assert {
    condition     = one([for rule in google_compute_security_policy.main.rule : rule.action if rule.priority == 2147483647]) == "deny(403)"
    error_message = "What no rule lets through is refused."
  }
  assert {
    condition = alltrue([for attack in ["sqli", "xss", "lfi", "rfi", "rce", "protocolattack", "scannerdetection", "sessionfixation"] :
      anytrue([for rule in google_compute_security_policy.main.rule :
    rule.action == "deny(403)" && strcontains(jsonencode(rule.match), "'${attack}-v33-stable'")])])
    error_message = "Every set of known attacks has a rule that refuses."
  }
  assert {
    condition     = one(one(google_compute_security_policy.main.adaptive_protection_config).layer_7_ddos_defense_config).enable
    error_message = "Floods are looked for."
  }
}

run "who_calls_too_often_waits" {
  command = plan
  variables {
    requests_per_minute = 100
  }

  assert {
    condition = one([for rule in google_compute_security_policy.main.rule :
      one(one(rule.rate_limit_options).rate_limit_threshold).count == 100 && one(rule.rate_limit_options).enforce_on_key == "IP"
    if rule.action == "rate_based_ban"])
    error_message = "One address has one pace."
  }
}

run "only_known_networks_when_there_is_a_list" {
  command = plan
  variables {
    allowed_ranges = ["198.51.100.0/24"]
  }

  assert {
    condition = alltrue([for rule in google_compute_security_policy.main.rule :
      one(one(rule.match).config).src_ip_ranges == toset(["198.51.100.0/24"])
    if rule.action == "rate_based_ban" || rule.action == "allow"])
    error_message = "The only rule that lets in is for the list."
  }
}

run "an_empty_list_is_refused" {
  command = plan
  variables {
    allowed_ranges = []
  }
  expect_failures = [var.allowed_ranges]
}

run "inner_paths_are_hidden" {
  command = plan
  variables {
    private_paths = ["/metrics", "/openapi.json"]
  }

  assert {
    condition     = one([for rule in google_compute_security_policy.main.rule : one(one(rule.match).expr).expression if rule.action == "deny(404)"]) == "request.path.lower().matches('^(/metrics|/openapi\\\\.json)(/|$)')"
    error_message = "The paths, and what is below them, are answered 404."
  }
}

run "preview_only_watches_the_attack_rules" {
  command = plan
  variables {
    preview = true
  }

  assert {
    condition     = length([for rule in google_compute_security_policy.main.rule : rule if rule.preview == true]) == 8
    error_message = "The pace and the last rule hold in preview too."
  }
}
