package io.mlopscore.tracking.observability;

/// Sees every request that was answered. Called on the request's own thread, so it must be quick.
@FunctionalInterface
public interface Observer {
  void answered(Exchange exchange);

  /// A request begins.
  default void begun() {}
}
