package io.mlopscore.console;

import java.io.IOException;
import java.util.Map;

/// What the forms of some pages do, by the path to which they are sent.
interface Changes {
  /// Does what a form asks for.
  interface Change {
    /// @return the address of the page that shows what is different now
    String make(Visit visit, Form form) throws IOException;
  }

  Map<String, Change> table();
}
