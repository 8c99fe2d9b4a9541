package io.mlopscore.pipeline.compare;

import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.compare.DataDiff.Item;
import io.mlopscore.pipeline.compare.DataDiff.State;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A [DataDiff] as `dvc diff` prints it.
///
/// @param hashes whether to show what contents hash to
public record DataDiffText(DataDiff diff, boolean hashes) {
  private static final int SHORT = 8;

  public String json() {
    var all = Mapping.EMPTY;
    for (var entry : diff.items().entrySet()) {
      var items = entry.getValue().stream().map(item -> json(entry.getKey(), item)).toList();
      all = all.with(entry.getKey().word(), new Items(items));
    }
    return JsonText.of(all);
  }

  private Value json(State state, Item item) {
    var path = item.newPath().map(now -> pair(Value.of(item.path()), Value.of(now)));
    var shown = Mapping.EMPTY.with("path", path.orElse(Value.of(item.path())));
    if (!hashes) {
      return shown;
    }
    var hash = value(item.hash());
    return shown.with("hash", state == State.MODIFIED ? pair(hash, value(item.newHash())) : hash);
  }

  private static Value pair(Value old, Value now) {
    return Mapping.EMPTY.with("old", old).with("new", now);
  }

  private static Value value(Optional<Hash> hash) {
    return hash.map(found -> Value.of(found.value())).orElse(Value.none());
  }

  public String markdown() {
    var table = new Table(hashes ? List.of("Status", "Hash", "Path") : List.of("Status", "Path"));
    for (var entry : diff.items().entrySet()) {
      for (var item : entry.getValue()) {
        var cells = new ArrayList<>(List.of(entry.getKey().word(), path(item)));
        if (hashes) {
          cells.add(1, digest(entry.getKey(), item));
        }
        table.row(cells);
      }
    }
    return table.markdown();
  }

  private static String path(Item item) {
    return item.path() + item.newPath().map(now -> " -> " + now).orElse("");
  }

  private static String digest(State state, Item item) {
    return state == State.MODIFIED
        ? digest(item.hash()) + ".." + digest(item.newHash())
        : digest(item.hash());
  }

  private static String digest(Optional<Hash> hash) {
    return hash.map(found -> found.value().substring(0, SHORT)).orElse("");
  }

  /// Sections, and at the end how many files each has; nothing when nothing differs.
  public String text() {
    var text = new StringBuilder();
    var summary = new ArrayList<String>();
    for (var entry : diff.items().entrySet()) {
      var state = entry.getKey();
      long files = entry.getValue().stream().filter(item -> !path(item).endsWith("/")).count();
      if (!entry.getValue().isEmpty()) {
        section(text, state, entry.getValue());
      }
      if (files > 0) {
        summary.add(files + " " + state.word());
      }
    }
    if (!summary.isEmpty()) {
      text.append("files summary: ").append(String.join(", ", summary)).append('\n');
    }
    return text.toString();
  }

  private void section(StringBuilder text, State state, List<Item> items) {
    text.append(state.word().substring(0, 1).toUpperCase(Locale.ROOT));
    text.append(state.word().substring(1)).append(":\n");
    for (var item : items) {
      var digest = hashes ? digest(state, item) : "";
      text.append("    ").append(digest).append(digest.isEmpty() ? "" : "  ");
      text.append(path(item)).append('\n');
    }
    text.append('\n');
  }
}
