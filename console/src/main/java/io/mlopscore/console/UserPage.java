package io.mlopscore.console;

import java.util.List;

/// One user and what they may do, for admins.
///
/// @param self whether it is the one who looks
record UserPage(
    String name,
    String href,
    boolean admin,
    boolean self,
    List<Row> permissions,
    List<String> types)
    implements Page {
  UserPage {
    permissions = List.copyOf(permissions);
    types = List.copyOf(types);
  }

  /// @param role through which it was granted; empty if it was granted to the user
  record Row(String role, String type, String pattern, String permission) {}
}
