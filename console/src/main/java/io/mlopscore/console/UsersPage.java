package io.mlopscore.console;

import java.util.List;

/// The users of the server, for admins.
record UsersPage(List<Row> rows) implements Page {
  UsersPage {
    rows = List.copyOf(rows);
  }

  record Row(String name, String href, boolean admin, List<String> roles) {
    Row {
      roles = List.copyOf(roles);
    }
  }
}
