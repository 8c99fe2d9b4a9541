# How the world gets in.
mock_provider "google" {}

variables {
  project_id      = "acme-mlops-dev"
  name            = "mlops-dev"
  default_backend = "api"
  backends = {
    api      = { domain = "api.example.org", group = "projects/p/regions/r/instanceGroups/g", policy = "p1", machines = true }
    tracking = { domain = "tracking.example.org", group = "projects/p/regions/r/networkEndpointGroups/n", policy = "p2" }
  }
}

run "https_with_a_certificate_and_http_only_points_there" {
  command = plan

  assert {
    condition     = google_compute_global_forwarding_rule.https.port_range == "443" && google_compute_global_forwarding_rule.redirect.port_range == "80"
    error_message = "443 serves, 80 redirects."
  }
  assert {
    condition     = one(google_compute_url_map.redirect.default_url_redirect).https_redirect && one(google_compute_url_map.redirect.default_url_redirect).redirect_response_code == "MOVED_PERMANENTLY_DEFAULT"
    error_message = "Plain HTTP is answered with 301 to HTTPS."
  }
  assert {
    condition     = one(google_compute_managed_ssl_certificate.main.managed).domains == tolist(["api.example.org", "tracking.example.org"])
    error_message = "The certificate is for all domains."
  }
  assert {
    condition     = google_compute_ssl_policy.main.profile == "MODERN" && google_compute_ssl_policy.main.min_tls_version == "TLS_1_2"
    error_message = "TLS 1.2 or newer."
  }
  assert {
    condition     = output.urls == { api = "https://api.example.org", tracking = "https://tracking.example.org" }
    error_message = "The addresses that are told begin with https."
  }
}

run "backends_are_logged_guarded_and_asked_whether_they_are_ready" {
  command = plan

  assert {
    condition     = alltrue([for backend in google_compute_backend_service.main : backend.security_policy != null && one(backend.log_config).enable && backend.load_balancing_scheme == "EXTERNAL_MANAGED"])
    error_message = "Every backend has a policy and a log."
  }
  assert {
    condition     = alltrue([for backend in google_compute_backend_service.main : anytrue([for header in backend.custom_response_headers : startswith(header, "Strict-Transport-Security: max-age=31536000")])])
    error_message = "Browsers are told to stay with HTTPS."
  }
  assert {
    condition     = keys(google_compute_health_check.ready) == ["api"] && one(google_compute_health_check.ready["api"].http_health_check).request_path == "/health/ready"
    error_message = "A machine gets requests when it is ready, which is not when it is alive."
  }
}

run "requests_that_count_are_told_apart" {
  command = plan
  variables {
    backends = { api = { domain = "api.example.org", group = "g", policy = "p", counted = ["/predict"] } }
  }

  assert {
    condition     = [for rule in google_compute_url_map.main.path_matcher[0].path_rule : rule.paths] == [toset(["/predict"])]
    error_message = "A rule of their own, whose path is a label of the metrics."
  }
}

run "what_was_made_is_one_chain_from_the_address_to_the_backends" {
  command = apply

  assert {
    condition     = google_compute_global_forwarding_rule.https.ip_address == google_compute_global_address.main.id && google_compute_global_forwarding_rule.redirect.ip_address == google_compute_global_address.main.id && output.ip == google_compute_global_address.main.address
    error_message = "Both ports are on the reserved address."
  }
  assert {
    condition     = google_compute_global_forwarding_rule.https.target == google_compute_target_https_proxy.main.id && google_compute_target_https_proxy.main.url_map == google_compute_url_map.main.id && google_compute_target_https_proxy.main.ssl_certificates == tolist([google_compute_managed_ssl_certificate.main.id])
    error_message = "HTTPS ends at the certificate, and goes on by name."
  }
  assert {
    condition     = { for matcher in google_compute_url_map.main.path_matcher : matcher.name => matcher.default_service } == { for name, backend in google_compute_backend_service.main : name => backend.id }
    error_message = "Each name has its backend."
  }
}

run "an_address_is_no_domain" {
  command = plan
  variables {
    backends = { api = { domain = "https://api.example.org/", group = "g", policy = "p" } }
  }
  expect_failures = [var.backends]
}

run "two_backends_need_two_domains" {
  command = plan
  variables {
    backends = {
      api      = { domain = "api.example.org", group = "g", policy = "p" }
      tracking = { domain = "api.example.org", group = "g", policy = "p" }
    }
  }
  expect_failures = [var.backends]
}
