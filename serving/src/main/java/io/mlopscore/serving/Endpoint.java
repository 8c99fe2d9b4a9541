package io.mlopscore.serving;

import java.io.IOException;

/// Answers one kind of request, after limits and keys were checked.
@FunctionalInterface
interface Endpoint {
  /// @throws IOException if the connection breaks while the body is read
  Reply answer(Exchange exchange) throws IOException;
}
