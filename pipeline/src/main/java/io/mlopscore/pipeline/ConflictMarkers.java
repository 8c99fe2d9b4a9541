package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;

/// Writes contradictions of two versions of a file as git does, so that every tool knows them.
///
/// @param ours with everything that could be merged
record ConflictMarkers(YamlDocument ours, YamlDocument theirs) {
  private static final String START = "<<<<<<< ours\n";
  private static final String MIDDLE = "=======\n";
  private static final String END = ">>>>>>> theirs\n";

  static String whole(String ours, String theirs) {
    return START + ended(ours) + MIDDLE + ended(theirs) + END;
  }

  private static String ended(String text) {
    return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
  }

  /// Marks entries of a mapping; each with all lines of it, on either side.
  String mark(String mapping, List<String> keys) {
    var lines = new ArrayList<>(ours.text().lines().toList());
    for (var key : keys.reversed()) {
      var mine = block(ours, mapping, key);
      var other = block(theirs, mapping, key);
      var marked = whole(text(ours, mine), text(theirs, other)).lines().toList();
      int at = mine.isEmpty() ? lines.size() : mine.getFirst();
      mine.forEach(_ -> lines.remove(at));
      lines.addAll(at, marked);
    }
    return ended(String.join("\n", lines));
  }

  private static String text(YamlDocument document, List<Integer> block) {
    var lines = document.text().lines().toList();
    var text = new StringBuilder();
    block.forEach(line -> text.append(lines.get(line)).append('\n'));
    return text.toString();
  }

  /// The numbers of the lines of an entry: those that are deeper than its key. None when it is not
  /// there.
  private static List<Integer> block(YamlDocument document, String mapping, String key) {
    var entries = ((Mapping) document.value()).get(mapping);
    if (entries.isEmpty() || !(entries.get() instanceof Mapping all) || all.get(key).isEmpty()) {
      return List.of();
    }
    var place = document.place(YamlDocument.path(mapping, key)).split(":", 2);
    int first = Integer.parseInt(place[0]) - 1;
    int indent = Integer.parseInt(place[1]) - 1;
    var lines = document.text().lines().toList();
    var block = new ArrayList<Integer>(List.of(first));
    for (int i = first + 1; i < lines.size() && isDeeper(lines.get(i), indent); i++) {
      block.add(i);
    }
    return block;
  }

  private static boolean isDeeper(String line, int indent) {
    return line.isBlank() || line.length() - line.stripLeading().length() > indent;
  }
}
