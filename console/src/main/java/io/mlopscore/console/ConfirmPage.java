package io.mlopscore.console;

import java.util.List;

/// Asks before something happens that others will notice.
///
/// @param question such as `Delete the run x?`
/// @param lines what will happen
/// @param action where the form is sent
/// @param fields what it sends
/// @param button what it says
/// @param cancelHref where nothing happens
/// @param dangerous whether something is lost
record ConfirmPage(
    String question,
    List<String> lines,
    String action,
    List<Field> fields,
    String button,
    String cancelHref,
    boolean dangerous)
    implements Page {
  ConfirmPage {
    lines = List.copyOf(lines);
    fields = List.copyOf(fields);
  }
}
