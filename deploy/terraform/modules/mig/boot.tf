# What a machine does at boot: it brings its secrets, again every five minutes since keys come and go, and runs the
# program. Tests render this, run the script, shellcheck it, and look for secrets.
locals {
  env = merge(var.env, { API_KEYS_FILE = "/run/mlops/keys/api-keys" })

  fetch_secrets = templatefile("${path.module}/fetch-secrets.sh.tftpl", {
    api_keys_url = "https://secretmanager.googleapis.com/v1/projects/${var.project_id}/secrets/${var.api_keys_secret}/versions/latest:access"
    password_url = "https://secretmanager.googleapis.com/v1/projects/${var.project_id}/secrets/${var.password_secret}/versions/latest:access"
    settings     = [for name in sort(keys(local.env)) : "${name}=${local.env[name]}"]
  })

  unit = templatefile("${path.module}/mlops.service.tftpl", {
    image    = var.image
    registry = split("/", var.image)[0]
    args     = join(" ", var.args)
  })

  keys_unit = <<-EOT
    [Unit]
    Description=mlops: bring the keys again

    [Service]
    Type=oneshot
    ExecStart=/bin/bash /etc/mlops/fetch-secrets
  EOT

  keys_timer = <<-EOT
    [Unit]
    Description=mlops: bring the keys again

    [Timer]
    OnActiveSec=5min
    OnUnitActiveSec=5min
  EOT

  cloud_config = join("\n", ["#cloud-config", yamlencode({
    write_files = [
      { path = "/etc/mlops/fetch-secrets", permissions = "0644", owner = "root", content = local.fetch_secrets },
      { path = "/etc/systemd/system/mlops.service", permissions = "0644", owner = "root", content = local.unit },
      { path = "/etc/systemd/system/mlops-keys.service", permissions = "0644", owner = "root", content = local.keys_unit },
      { path = "/etc/systemd/system/mlops-keys.timer", permissions = "0644", owner = "root", content = local.keys_timer },
    ]
    runcmd = [["systemctl", "daemon-reload"], ["systemctl", "start", "mlops.service", "mlops-keys.timer"]]
  })])
}
