# What a machine does at boot: it brings its secrets, again every five minutes since keys come and go, and runs the
# program. Tests render this, run the script, shellcheck it, and look for secrets.
locals {
  # The load balancer keeps a connection for 600 seconds without a request; whoever closes it before may meet the next one
  # (https://cloud.google.com/load-balancing/docs/https#timeout-keepalive-backends).
  settings = merge({ MLOPS_IDLE_TIMEOUT = "620" }, var.env, {
    API_KEYS_FILE                 = "/run/mlops/secrets/api-keys"
    MLFLOW_TRACKING_PASSWORD_FILE = "/run/mlops/secrets/password"
  })

  fetch_secrets = templatefile("${path.module}/fetch-secrets.sh.tftpl", {
    secrets = {
      for file, secret in { api-keys = var.api_keys_secret, password = var.password_secret } :
      file => "https://secretmanager.googleapis.com/v1/projects/${var.project_id}/secrets/${secret}/versions/latest:access"
    }
  })

  unit = templatefile("${path.module}/mlops.service.tftpl", {
    image    = var.image
    registry = split("/", var.image)[0]
    args     = join(" ", var.args)
  })

  secrets_unit = <<-EOT
    [Unit]
    Description=mlops: bring the secrets again

    [Service]
    Type=oneshot
    ExecStart=/bin/bash /etc/mlops/fetch-secrets
  EOT

  secrets_timer = <<-EOT
    [Unit]
    Description=mlops: bring the secrets again

    [Timer]
    OnActiveSec=5min
    OnUnitActiveSec=5min
  EOT

  cloud_config = join("\n", ["#cloud-config", yamlencode({
    write_files = [
      { path = "/etc/mlops/settings", permissions = "0644", owner = "root", content = join("", [for name in sort(keys(local.settings)) : "${name}=${local.settings[name]}\n"]) },
      { path = "/etc/mlops/fetch-secrets", permissions = "0644", owner = "root", content = local.fetch_secrets },
      { path = "/etc/systemd/system/mlops.service", permissions = "0644", owner = "root", content = local.unit },
      { path = "/etc/systemd/system/mlops-secrets.service", permissions = "0644", owner = "root", content = local.secrets_unit },
      { path = "/etc/systemd/system/mlops-secrets.timer", permissions = "0644", owner = "root", content = local.secrets_timer },
    ]
    runcmd = [["systemctl", "daemon-reload"], ["systemctl", "start", "mlops.service", "mlops-secrets.timer"]]
  })])
}
