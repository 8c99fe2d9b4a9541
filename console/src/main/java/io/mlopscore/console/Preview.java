package io.mlopscore.console;

import java.util.List;

/// What a page shows of a file.
sealed interface Preview {
  /// @param cut whether there is more than is shown
  record Text(String text, boolean cut) implements Preview {}

  /// @param header the first row
  /// @param cut whether there is more than is shown
  record Table(List<String> header, List<List<String>> rows, boolean cut) implements Preview {
    public Table {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
    }
  }

  record Picture(String href) implements Preview {}

  /// @param why it is not shown
  record None(String why) implements Preview {}
}
