package io.mlopscore.pipeline.yaml;

import io.mlopscore.pipeline.yaml.SourceNode.Entry;
import io.mlopscore.pipeline.yaml.SourceNode.Sequence;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.YamlWriter.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Works out the new text of one change to a YAML text.
final class YamlSplice {
  private final String text;
  private final @Nullable SourceNode root;
  private final Layout layout;

  private YamlSplice(String text, @Nullable SourceNode root) {
    this.text = text;
    this.root = root;
    this.layout = new SourceLayout(text).of(root);
  }

  static YamlSplice of(String text) {
    try {
      return new YamlSplice(text, SourceReader.read(text).orElse(null));
    } catch (YamlEngineException e) {
      throw new YamlException("not valid YAML", e);
    }
  }

  String set(List<Value> path, Value value) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("the whole document cannot be set");
    }
    var around = path.subList(0, path.size() - 1);
    var step = path.getLast();
    var parent = find(around);
    if (parent instanceof SourceNode.Mapping mapping) {
      var entry = mapping.entry(step);
      return entry.isPresent()
          ? replace(mapping.flow(), Optional.of(entry.get()), entry.get().value(), value)
          : add(around, mapping, single(step, value));
    }
    if (parent instanceof Sequence sequence) {
      var item = sequence.items().get(YamlDocument.position(step, sequence.items().size()));
      return replace(sequence.flow(), Optional.empty(), item, value);
    }
    return around.isEmpty() ? atEnd(single(step, value)) : set(around, single(step, value));
  }

  String append(List<Value> path, Value item) {
    if (!(find(path) instanceof Sequence sequence)
        || (sequence.items().isEmpty() && !isInFlow(path))) {
      return set(path, new Items(List.of(item)));
    }
    if (sequence.flow()) {
      return addInBrackets(
          '[',
          sequence.start(),
          sequence.items().stream().map(SourceNode::end).toList(),
          YamlWriter.flow(item));
    }
    int column = column(dash(sequence, 0));
    int at = endOfBlock(sequence.end(), column + 1);
    return insertLines(at, YamlWriter.block(new Items(List.of(item)), column, layout));
  }

  String remove(List<Value> path) {
    var around = path.subList(0, path.size() - 1);
    var step = path.getLast();
    return switch (find(around)) {
      case SourceNode.Mapping mapping -> {
        var entry =
            mapping
                .entry(step)
                .orElseThrow(
                    () -> new YamlException("'" + YamlReader.text(step) + "' stands elsewhere"));
        yield removePart(
            around,
            mapping.flow(),
            mapping.entries().stream().map(Entry::keyStart).toList(),
            mapping.entries().stream().map(other -> other.value().end()).toList(),
            mapping.entries().indexOf(entry),
            Value.Mapping.EMPTY);
      }
      case Sequence sequence -> {
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < sequence.items().size(); i++) {
          starts.add(sequence.flow() ? sequence.items().get(i).start() : dash(sequence, i));
        }
        var ends = sequence.items().stream().map(SourceNode::end).toList();
        int index = YamlDocument.position(step, ends.size());
        yield removePart(around, sequence.flow(), starts, ends, index, new Items(List.of()));
      }
      case null -> throw new YamlException("nothing to remove");
      case SourceNode.Leaf _ -> throw new YamlException("nothing to remove");
    };
  }

  private String removePart(
      List<Value> around,
      boolean flow,
      List<Integer> starts,
      List<Integer> ends,
      int index,
      Value empty) {
    boolean last = index == starts.size() - 1;
    if (flow) {
      int from = index == 0 || !last ? starts.get(index) : ends.get(index - 1);
      int to = last ? ends.get(index) : starts.get(index + 1);
      return splice(from, to, "");
    }
    if (starts.size() == 1) {
      return around.isEmpty()
          ? removeLines(starts.get(index), ends.get(index))
          : set(around, empty);
    }
    int start = starts.get(index);
    boolean sharesLine = !text.substring(lineStart(start), start).isBlank();
    return sharesLine
        ? splice(start, starts.get(index + 1), "")
        : removeLines(start, ends.get(index));
  }

  /// Removes whole lines; of the blank lines around them only those before stay.
  private String removeLines(int start, int end) {
    int from = lineStart(start);
    int to = nextLine(endOfBlock(end, column(start) + 1));
    boolean blankBefore = from == 0 || text.substring(lineStart(from - 1), from).isBlank();
    while (blankBefore && to < text.length() && text.substring(to, nextLine(to)).isBlank()) {
      to = nextLine(to);
    }
    return splice(from, to, "");
  }

  /// The lines of a list, item by item; empty where its items have no lines of their own.
  Optional<ItemLines> items(List<Value> path) {
    if (!(find(path) instanceof Sequence sequence) || sequence.flow() || text.contains("\r\n")) {
      return Optional.empty();
    }
    var starts = new ArrayList<Integer>();
    for (int i = 0; i < sequence.items().size(); i++) {
      int dash = dash(sequence, i);
      if (!text.substring(lineStart(dash), dash).isBlank()) {
        return Optional.empty();
      }
      starts.add(i == 0 ? lineStart(dash) : withCommentsAbove(lineStart(dash)));
    }
    return starts.isEmpty() ? Optional.empty() : Optional.of(items(sequence, starts));
  }

  private ItemLines items(Sequence sequence, List<Integer> starts) {
    int column = column(dash(sequence, 0));
    int end = nextLine(endOfBlock(sequence.end(), column + 1));
    var pieces = new ArrayList<String>();
    for (int i = 0; i < starts.size(); i++) {
      pieces.add(text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : end));
    }
    return new ItemLines(
        text.substring(0, starts.getFirst()), pieces, text.substring(end), column, layout);
  }

  private int withCommentsAbove(int start) {
    int from = start;
    while (from > 0 && text.substring(lineStart(from - 1), from).stripLeading().startsWith("#")) {
      from = lineStart(from - 1);
    }
    return from;
  }

  /// Where the innermost part of a path that is there starts: its key, or an item of a list.
  int offset(List<Value> path) {
    int offset = root == null ? 0 : root.start();
    for (int i = 0; i < path.size(); i++) {
      var step = path.get(i);
      switch (find(path.subList(0, i))) {
        case SourceNode.Mapping mapping when mapping.entry(step).isPresent() ->
            offset = mapping.entry(step).get().keyStart();
        case Sequence sequence ->
            offset =
                sequence.items().get(YamlDocument.position(step, sequence.items().size())).start();
        case null, default -> {
          return offset;
        }
      }
    }
    return offset;
  }

  private @Nullable SourceNode find(List<Value> path) {
    var node = root;
    for (var step : path) {
      node =
          switch (node) {
            case SourceNode.Mapping mapping -> mapping.entry(step).map(Entry::value).orElse(null);
            case Sequence sequence ->
                sequence.items().get(YamlDocument.position(step, sequence.items().size()));
            case SourceNode.Leaf _ -> null;
            case null -> null;
          };
    }
    return node;
  }

  private boolean isInFlow(List<Value> path) {
    for (int i = 0; i < path.size(); i++) {
      if (isFlow(find(path.subList(0, i)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFlow(@Nullable SourceNode node) {
    return switch (node) {
      case SourceNode.Mapping mapping -> mapping.flow();
      case Sequence sequence -> sequence.flow();
      case SourceNode.Leaf _ -> false;
      case null -> false;
    };
  }

  private static Value.Mapping single(Value key, Value value) {
    return new Value.Mapping(Map.of(key, value));
  }

  private String atEnd(Value.Mapping addition) {
    return root == null || root.start() == root.end()
        ? insertLines(text.length(), YamlWriter.block(addition, 0, layout))
        : splice(root.start(), root.end(), YamlWriter.block(addition, 0, layout));
  }

  private String add(List<Value> path, SourceNode.Mapping mapping, Value.Mapping addition) {
    if (mapping.entries().isEmpty() && !isInFlow(path)) {
      return path.isEmpty() ? atEnd(addition) : set(path, addition);
    }
    if (mapping.flow()) {
      var ends = mapping.entries().stream().map(entry -> entry.value().end()).toList();
      var inside = YamlWriter.flow(addition);
      return addInBrackets('{', mapping.start(), ends, inside.substring(1, inside.length() - 1));
    }
    int column = column(mapping.entries().getFirst().keyStart());
    int at = endOfBlock(mapping.end(), column);
    return insertLines(at, YamlWriter.block(addition, column, layout));
  }

  private String addInBrackets(char bracket, int start, List<Integer> ends, String addition) {
    if (ends.isEmpty()) {
      int inside = text.indexOf(bracket, start) + 1;
      return splice(inside, inside, addition);
    }
    return splice(ends.getLast(), ends.getLast(), ", " + addition);
  }

  private String replace(boolean flow, Optional<Entry> entry, SourceNode old, Value value) {
    boolean lines = !flow && isBlock(value);
    if (!lines) {
      var inline = flow ? YamlWriter.flow(value) : YamlWriter.line(value);
      boolean glued = old.start() > 0 && ":-".indexOf(text.charAt(old.start() - 1)) >= 0;
      int from = isOnLineOfItsOwn(old) && entry.isPresent() ? afterColon(entry.get()) : old.start();
      return splice(from, old.end(), glued || from < old.start() ? " " + inline : inline);
    }
    if (isBlockNode(old) && isOnLineOfItsOwn(old)) {
      int column = column(old.start());
      boolean tooFarLeft = entry.isPresent() && column <= column(entry.get().keyStart());
      column += tooFarLeft && value instanceof Value.Mapping ? layout.indent() : 0;
      var block = YamlWriter.block(value, column, layout);
      return splice(lineStart(old.start()), old.end(), block);
    }
    if (entry.isEmpty()) {
      int column = column(old.start());
      return splice(old.start(), old.end(), YamlWriter.block(value, column, layout).strip());
    }
    int column = column(entry.get().keyStart());
    int indent = column + (value instanceof Items ? layout.listIndent() : layout.indent());
    var block = YamlWriter.block(value, indent, layout);
    int from = afterColon(entry.get());
    if (old.start() < lineEnd(from) && old.end() <= lineEnd(from)) {
      int end = lineEnd(from);
      return splice(
          from, end, text.substring(old.end(), end) + lineBreak() + withLineBreaks(block));
    }
    return splice(from, old.end(), lineBreak() + withLineBreaks(block));
  }

  private static boolean isBlock(Value value) {
    return (value instanceof Value.Mapping mapping && !mapping.entries().isEmpty())
        || (value instanceof Items(var items) && !items.isEmpty());
  }

  private static boolean isBlockNode(SourceNode node) {
    return switch (node) {
      case SourceNode.Mapping mapping -> !mapping.flow();
      case Sequence sequence -> !sequence.flow();
      case SourceNode.Leaf _ -> false;
    };
  }

  private boolean isOnLineOfItsOwn(SourceNode node) {
    return text.substring(lineStart(node.start()), node.start()).isBlank();
  }

  private int afterColon(Entry entry) {
    return text.indexOf(':', entry.keyEnd()) + 1;
  }

  /// Where item `index` of a list in block style starts: its dash.
  private int dash(Sequence sequence, int index) {
    int at = sequence.items().get(index).start() - 1;
    while (at > 0 && Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at;
  }

  /// The end of the last line of a block that ends at `end`: comments behind it that are indented
  /// by `column` or more belong to it.
  private int endOfBlock(int end, int column) {
    int last = lineEnd(end);
    int at = nextLine(last);
    while (at < text.length()) {
      var line = text.substring(at, lineEnd(at));
      int indent = line.length() - line.stripLeading().length();
      if (line.startsWith("#", indent) && indent >= column) {
        last = lineEnd(at);
      } else if (!line.isBlank()) {
        break;
      }
      if (nextLine(at) == at) {
        break;
      }
      at = nextLine(at);
    }
    return last;
  }

  private String insertLines(int at, String lines) {
    boolean fresh = at == text.length() && (at == 0 || text.charAt(at - 1) == '\n');
    if (fresh) {
      return splice(at, at, lines + "\n");
    }
    return splice(at, at, "\n" + lines);
  }

  private String splice(int from, int to, String replacement) {
    return text.substring(0, from) + withLineBreaks(replacement) + text.substring(to);
  }

  private String withLineBreaks(String lines) {
    return lines.replace("\r\n", "\n").replace("\n", lineBreak());
  }

  private String lineBreak() {
    int first = text.indexOf('\n');
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  private int column(int offset) {
    return text.codePointCount(lineStart(offset), offset);
  }

  private int lineStart(int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /// Where the line's text ends: before its line break.
  private int lineEnd(int offset) {
    int end = text.indexOf('\n', offset);
    if (end < 0) {
      return text.length();
    }
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private int nextLine(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end + 1;
  }
}
