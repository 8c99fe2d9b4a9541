# What a machine does at boot: two files and a unit of systemd. Tests render them, run shellcheck on the script, and
# look for secrets.
locals {
  env = merge(var.env, { API_KEYS_FILE = "/run/mlops/api-keys" })

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

  cloud_config = join("\n", ["#cloud-config", yamlencode({
    write_files = [
      { path = "/etc/mlops/fetch-secrets", permissions = "0644", owner = "root", content = local.fetch_secrets },
      { path = "/etc/systemd/system/mlops.service", permissions = "0644", owner = "root", content = local.unit },
    ]
    runcmd = [["systemctl", "daemon-reload"], ["systemctl", "start", "mlops.service"]]
  })])
}
