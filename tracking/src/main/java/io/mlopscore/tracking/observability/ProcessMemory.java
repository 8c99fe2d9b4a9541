package io.mlopscore.tracking.observability;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;

/// The memory that this process may have, beside which `process_resident_memory_bytes` tells how
/// close it is to being killed.
final class ProcessMemory {
  private ProcessMemory() {}

  /// Adds `process_memory_limit_bytes`: the limit of the container, or what the machine has.
  static void watch(PrometheusRegistry registry) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    GaugeWithCallback.builder()
        .name("process_memory_limit_bytes")
        .help("Memory that the container, or else the machine, may use.")
        .callback(callback -> callback.call((double) system.getTotalMemorySize()))
        .register(registry);
  }
}
