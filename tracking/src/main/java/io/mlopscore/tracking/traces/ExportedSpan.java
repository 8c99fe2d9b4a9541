package io.mlopscore.tracking.traces;

import java.util.Map;

/// A span on its way in, with what is known of the program that sent it.
///
/// @param resource by name, each value as JSON, such as `service.name`
public record ExportedSpan(Span span, Map<String, String> resource) {
  public ExportedSpan {
    resource = Map.copyOf(resource);
  }
}
