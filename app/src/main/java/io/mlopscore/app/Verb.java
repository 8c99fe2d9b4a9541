package io.mlopscore.app;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A command of the menu.
///
/// @param group the heading it stands under
/// @param name what is typed after `mlops`
/// @param summary one line for the menu
/// @param command builds the picocli command for what follows the name; called only when it is run
record Verb(String group, String name, String summary, Function<List<String>, Object> command) {
  Verb(String group, String name, String summary, Supplier<Object> command) {
    this(group, name, summary, _ -> command.get());
  }

  /// Whether `dvc` has it, too, so that its messages and exit codes are those of `dvc`.
  ///
  /// @param args what follows the name: of `data`, only `status` is one of `dvc`
  boolean isOfDvc(String... args) {
    return group.equals(Verbs.PIPELINE)
        || name.equals("init")
        || (name.equals("data") && args.length > 0 && args[0].equals("status"));
  }
}
