# What reaches the service at all: the allowed networks, at a pace that a caller keeps to, and none of the known attacks.
# Rules are looked at by priority, the lowest number first; the first that matches decides.
locals {
  # Sensitivity 1 of the OWASP rules: few false alarms. JSON of numbers, which is what callers send, sets off none of them.
  attacks = {
    sqli             = 1000
    xss              = 1001
    lfi              = 1002
    rfi              = 1003
    rce              = 1004
    protocolattack   = 1005
    scannerdetection = 1006
    sessionfixation  = 1007
  }
}

resource "google_compute_security_policy" "main" {
  project     = var.project_id
  name        = var.name
  description = "In front of ${var.name}"
  type        = "CLOUD_ARMOR"

  advanced_options_config {
    json_parsing = "STANDARD"
    log_level    = "NORMAL"
  }

  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable          = true
      rule_visibility = "STANDARD"
    }
  }

  dynamic "rule" {
    for_each = length(var.private_paths) > 0 ? [var.private_paths] : []
    content {
      priority    = 200
      action      = "deny(404)"
      preview     = false
      description = "What is for the inside only"
      match {
        expr {
          expression = "request.path.lower().matches('^(${join("|", [for path in rule.value : replace(path, ".", "\\\\.")])})(/|$)')"
        }
      }
    }
  }

  # Log4Shell and its like are refused whatever `preview` says: no honest caller looks like that.
  rule {
    priority    = 900
    action      = "deny(403)"
    preview     = false
    description = "Known vulnerabilities"
    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary', {'sensitivity': 1})"
      }
    }
  }

  dynamic "rule" {
    for_each = local.attacks
    content {
      priority    = rule.value
      action      = "deny(403)"
      preview     = var.preview
      description = "Attacks: ${rule.key}"
      match {
        expr {
          expression = "evaluatePreconfiguredWaf('${rule.key}-v33-stable', {'sensitivity': 1})"
        }
      }
    }
  }

  # Lets in who is in an allowed network and keeps to the pace.
  rule {
    priority    = 2000
    action      = "rate_based_ban"
    preview     = false
    description = "More than ${var.requests_per_minute} requests a minute from one address"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = coalescelist(coalesce(var.allowed_ranges, []), ["*"])
      }
    }
    rate_limit_options {
      conform_action   = "allow"
      exceed_action    = "deny(429)"
      enforce_on_key   = "IP"
      ban_duration_sec = var.ban_seconds
      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
      ban_threshold {
        count        = var.requests_per_minute * 5
        interval_sec = 300
      }
    }
  }

  # Who is in no allowed network.
  rule {
    priority    = 2147483647
    action      = "deny(403)"
    preview     = false
    description = "What no rule has let through"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}
