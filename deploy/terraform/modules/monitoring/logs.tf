# What only the logs tell, counted. On machines the container's lines arrive as text, in `message`.
resource "google_logging_metric" "model_refused" {
  project     = var.project_id
  name        = "${var.name}/model-refused"
  description = "A model version that the alias points at could not be loaded"
  filter      = "(jsonPayload.event=\"model_refused\" OR jsonPayload.message:\"model_refused\") AND (resource.labels.service_name=\"${var.runtime.name}\" OR resource.type=\"gce_instance\")"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

# What the load balancer refused by itself is not counted: that was its work.
resource "google_logging_metric" "wrong_keys" {
  project     = var.project_id
  name        = "${var.name}/wrong-keys"
  description = "Requests without a key, or with a wrong one"
  filter      = "resource.type=\"http_load_balancer\" AND resource.labels.url_map_name=\"${var.load_balancer.url_map}\" AND httpRequest.status=(401 OR 403) AND jsonPayload.statusDetails=\"response_sent_by_backend\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}
