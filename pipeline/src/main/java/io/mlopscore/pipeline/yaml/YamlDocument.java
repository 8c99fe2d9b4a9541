package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A YAML text whose values can be changed in place: every byte that a change does not concern
/// stays, comments, anchors, quotes, brackets, indentation and line ends included.
///
/// Each change is checked: a text that would not read back as what was meant is refused, such as
/// when an alias elsewhere needs what is changed.
///
/// @param name stands for the text in messages
public record YamlDocument(String name, String text) {
  /// Reads a file; an absent one is an empty document.
  public static YamlDocument open(Path file) throws IOException {
    var text = Files.exists(file) ? YamlReader.characters(file) : "";
    var document = new YamlDocument(file.toString(), text);
    document.value();
    return document;
  }

  /// The names of nested keys as a path; a list is entered by the position of an item.
  public static List<Value> path(Object... steps) {
    var path = new ArrayList<Value>();
    for (var step : steps) {
      path.add(step instanceof Integer index ? Value.of(index) : Value.of(step.toString()));
    }
    return List.copyOf(path);
  }

  public Value value() {
    return YamlReader.read(text, name);
  }

  /// Where a value stands, as `line:column` of its key, both from 1; for what is not there, the
  /// place of the value around it.
  public String place(List<Value> path) {
    int offset = YamlSplice.of(text).offset(path);
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    long line = text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return line + ":" + (text.codePointCount(start, offset) + 1);
  }

  /// Sets a value: in its old place, or at the end of the mapping around it, which is made if
  /// absent.
  public YamlDocument set(List<Value> path, Value value) {
    return checked(YamlSplice.of(text).set(path, value), changed(value(), path, 0, value), path);
  }

  /// Adds an item to the end of a list, which is made if absent.
  public YamlDocument append(List<Value> path, Value item) {
    var items = new ArrayList<>(YamlReader.items(at(value(), path)).values());
    items.add(item);
    var wanted = changed(value(), path, 0, new Items(items));
    return checked(YamlSplice.of(text).append(path, item), wanted, path);
  }

  /// Removes a key or an item with the comments inside it.
  public YamlDocument remove(List<Value> path) {
    return checked(YamlSplice.of(text).remove(path), changed(value(), path, 0, null), path);
  }

  /// Makes the value at `path` equal to `wanted` by the fewest changes: what is equal already keeps
  /// its text.
  public YamlDocument update(List<Value> path, Value wanted) {
    var now = at(value(), path);
    if (identical(now, wanted)) {
      return this;
    }
    if (now instanceof Mapping old && wanted instanceof Mapping target && hasOwn(old, target)) {
      return updateMapping(path, old, target);
    }
    if (now instanceof Items(var old) && wanted instanceof Items(var target)) {
      return updateItems(path, old, target);
    }
    return set(path, wanted);
  }

  private static boolean hasOwn(Mapping old, Mapping target) {
    return !old.entries().isEmpty() && !target.entries().isEmpty();
  }

  private YamlDocument updateMapping(List<Value> path, Mapping old, Mapping target) {
    var changed = this;
    for (var entry : target.entries().entrySet()) {
      changed = changed.update(child(path, entry.getKey()), entry.getValue());
    }
    for (var key : old.entries().keySet()) {
      if (!target.entries().containsKey(key)) {
        changed = changed.remove(child(path, key));
      }
    }
    return changed;
  }

  private YamlDocument updateItems(List<Value> path, List<Value> old, List<Value> target) {
    var changed = this;
    if (old.size() == target.size()) {
      for (int i = 0; i < old.size(); i++) {
        changed = changed.update(child(path, Value.of(i)), target.get(i));
      }
      return changed;
    }
    if (target.size() > old.size() && startsWith(target, old) && !old.isEmpty()) {
      for (var item : target.subList(old.size(), target.size())) {
        changed = changed.append(path, item);
      }
      return changed;
    }
    var gone = missing(old, target);
    if (target.isEmpty() || gone.size() != old.size() - target.size()) {
      return set(path, new Items(target));
    }
    for (int index : gone.reversed()) {
      changed = changed.remove(child(path, Value.of(index)));
    }
    return changed;
  }

  /// As [#update], for a long list of mappings of which many may differ.
  ///
  /// @param key by whose value an item is known again, wherever it stands
  public YamlDocument updateItems(List<Value> path, Items wanted, String key) {
    var whole = value();
    var lines = YamlSplice.of(text).items(path);
    if (lines.isEmpty() || wanted.values().isEmpty()) {
      return update(path, wanted);
    }
    var now = YamlReader.items(at(whole, path)).values();
    var changed = lines.get().with(now, wanted.values(), Value.of(key));
    return changed.equals(text) ? this : checked(changed, changed(whole, path, 0, wanted), path);
  }

  private static boolean startsWith(List<Value> all, List<Value> first) {
    for (int i = 0; i < first.size(); i++) {
      if (!identical(all.get(i), first.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// The positions in `old` that are left over when `target` is read along it.
  private static List<Integer> missing(List<Value> old, List<Value> target) {
    var gone = new ArrayList<Integer>();
    int next = 0;
    for (int i = 0; i < old.size(); i++) {
      if (next < target.size() && identical(old.get(i), target.get(next))) {
        next++;
      } else {
        gone.add(i);
      }
    }
    return gone;
  }

  /// Writes the text in one step, so that who reads it meanwhile sees the old or the new one.
  public void write(Path file) throws IOException {
    WholeFile.write(file, text);
  }

  private static List<Value> child(List<Value> path, Value step) {
    var child = new ArrayList<>(path);
    child.add(step);
    return child;
  }

  private static Value at(Value root, List<Value> path) {
    var value = root;
    for (var step : path) {
      value =
          switch (value) {
            case Mapping mapping -> mapping.entries().getOrDefault(step, Value.none());
            case Items(var items) -> items.get(position(step, items.size()));
            case Value _ -> Value.none();
          };
    }
    return value;
  }

  static int position(Value step, int size) {
    int position = step instanceof Value.Int(var index) ? index.intValueExact() : -1;
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("no item " + step + " among " + size);
    }
    return position;
  }

  /// What the whole should be after the change; no value stands for removal.
  private static Value changed(
      Value whole, List<Value> path, int depth, @org.jspecify.annotations.Nullable Value value) {
    if (depth == path.size()) {
      return value == null ? Value.none() : value;
    }
    boolean removal = value == null && depth == path.size() - 1;
    var step = path.get(depth);
    if (whole instanceof Items(var items)) {
      int index = position(step, items.size());
      var list = new ArrayList<>(items);
      if (removal) {
        list.remove(index);
      } else {
        list.set(index, changed(items.get(index), path, depth + 1, value));
      }
      return new Items(list);
    }
    var entries =
        new LinkedHashMap<>(whole instanceof Mapping old ? old.entries() : Mapping.EMPTY.entries());
    if (removal) {
      entries.remove(step);
    } else {
      var child = entries.getOrDefault(step, Value.none());
      entries.put(step, changed(child, path, depth + 1, value));
    }
    return new Mapping(entries);
  }

  private YamlDocument checked(String changed, Value wanted, List<Value> path) {
    var place = String.join(".", path.stream().map(YamlReader::text).toList());
    Value got;
    try {
      got = YamlReader.read(changed, name);
    } catch (YamlException e) {
      throw new YamlException(refused(place), e);
    }
    boolean same = identical(got, wanted) || (isEmpty(got) && isEmpty(wanted));
    if (!same) {
      throw new YamlException(refused(place));
    }
    return new YamlDocument(name, changed);
  }

  private String refused(String place) {
    return "%s: '%s' cannot be changed without changing other parts, such as where an alias repeats it; edit the file by hand"
        .formatted(name, place);
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.Null
        || (value instanceof Mapping mapping && mapping.entries().isEmpty());
  }

  /// Equality of type and value; where a key stood does not matter, nor the order of keys.
  private static boolean identical(Value a, Value b) {
    return switch (a) {
      case Mapping mine ->
          b instanceof Mapping their
              && mine.entries().size() == their.entries().size()
              && mine.entries().entrySet().stream()
                  .allMatch(
                      entry -> {
                        var other = their.entries().get(entry.getKey());
                        return other != null && identical(entry.getValue(), other);
                      });
      case Items(var mine) ->
          b instanceof Items(var their) && mine.size() == their.size() && startsWith(mine, their);
      case Value other -> other.equals(b);
    };
  }
}
