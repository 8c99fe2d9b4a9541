package io.mlopscore.tracking.webhooks;

/// Whether a webhook is told anything.
public enum WebhookStatus {
  ACTIVE,
  DISABLED
}
