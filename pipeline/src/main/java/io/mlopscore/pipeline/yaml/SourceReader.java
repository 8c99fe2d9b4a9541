package io.mlopscore.pipeline.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Finds where each part of a YAML text stands.
final class SourceReader {
  private final String text;
  private final Iterator<Event> events;
  private int lastIndex;
  private int lastOffset;

  private SourceReader(String text, Iterator<Event> events) {
    this.text = text;
    this.events = events;
  }

  /// The first document; empty when there is nothing in it.
  static Optional<SourceNode> read(String text) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(YamlReader.bufferSize(text))
            .build();
    var parse = new Parse(settings);
    var reader = new SourceReader(text, parse.parseString(text).iterator());
    reader.events.next();
    if (reader.events.next().getEventId() != Event.ID.DocumentStart) {
      return Optional.empty();
    }
    return Optional.of(reader.node(reader.events.next()));
  }

  private SourceNode node(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> new SourceNode.Leaf(start(scalar), scalarEnd(scalar));
      case SequenceStartEvent sequence -> sequence(sequence);
      case MappingStartEvent mapping -> mapping(mapping);
      default -> new SourceNode.Leaf(start(event), offset(event.getEndMark()));
    };
  }

  private SourceNode sequence(SequenceStartEvent begin) {
    var items = new ArrayList<SourceNode>();
    var event = events.next();
    for (; event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
      items.add(node(event));
    }
    int last = items.isEmpty() ? start(begin) : items.getLast().end();
    return new SourceNode.Sequence(start(begin), end(begin, event, last), begin.isFlow(), items);
  }

  private SourceNode mapping(MappingStartEvent begin) {
    var entries = new ArrayList<SourceNode.Entry>();
    var event = events.next();
    for (; event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
      var key = node(event);
      var value = node(events.next());
      entries.add(new SourceNode.Entry(key(event), key.start(), key.end(), value));
    }
    int last = entries.isEmpty() ? start(begin) : entries.getLast().value().end();
    return new SourceNode.Mapping(start(begin), end(begin, event, last), begin.isFlow(), entries);
  }

  private static Value key(Event event) {
    if (!(event instanceof ScalarEvent scalar)) {
      return Value.none();
    }
    boolean plain = scalar.isPlain() && scalar.getTag().isEmpty();
    return plain ? PlainScalar.parse(scalar.getValue()) : Value.of(scalar.getValue());
  }

  /// A block collection is said to end where the next token starts, far behind its last value.
  private int end(CollectionStartEvent begin, Event end, int last) {
    return begin.isFlow() ? offset(end.getEndMark()) : last;
  }

  /// A block scalar is said to end after the blank lines behind it; they belong to it only with
  /// `+`.
  private int scalarEnd(ScalarEvent scalar) {
    int end = offset(scalar.getEndMark());
    var style = scalar.getScalarStyle();
    if (style != ScalarStyle.LITERAL && style != ScalarStyle.FOLDED) {
      return end;
    }
    int start = start(scalar);
    int header = text.indexOf('\n', start);
    boolean keep = header >= 0 && text.substring(start, header).split("#", 2)[0].contains("+");
    int lines = keep ? 1 : Integer.MAX_VALUE;
    for (; lines > 0 && end > start && Character.isWhitespace(text.charAt(end - 1)); end--) {
      lines -= text.charAt(end - 1) == '\n' ? 1 : 0;
    }
    return end;
  }

  private int start(Event event) {
    return offset(event.getStartMark());
  }

  /// Marks count code points; each is found from the one before.
  private int offset(Optional<Mark> mark) {
    int index = mark.orElseThrow().getIndex();
    lastOffset = text.offsetByCodePoints(lastOffset, index - lastIndex);
    lastIndex = index;
    return lastOffset;
  }
}
