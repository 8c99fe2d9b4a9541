# What of deploy/otel/collector.yaml a collector beside one instance of the API needs: its metrics, to Google Cloud.
locals {
  collector = yamlencode({
    receivers = {
      prometheus = { config = { scrape_configs = [{
        job_name        = "mlops-serve"
        scrape_interval = "30s"
        static_configs  = [{ targets = ["127.0.0.1:8000"] }]
      }] } }
    }
    processors = {
      memory_limiter    = { check_interval = "1s", limit_percentage = 75, spike_limit_percentage = 20 }
      resourcedetection = { detectors = ["gcp"], timeout = "2s" }
      # All instances are 127.0.0.1 to themselves; only Cloud Run's own number tells them apart.
      resource = { attributes = [{ key = "service.instance.id", from_attribute = "faas.instance", action = "upsert" }] }
      batch    = { timeout = "5s" }
    }
    exporters = { googlemanagedprometheus = {} }
    service = { pipelines = { metrics = {
      receivers  = ["prometheus"]
      processors = ["memory_limiter", "resourcedetection", "resource", "batch"]
      exporters  = ["googlemanagedprometheus"]
    } } }
  })
}
