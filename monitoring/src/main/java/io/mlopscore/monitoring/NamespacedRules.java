package io.mlopscore.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Rules that look at the series of one namespace of Kubernetes and say so in what they record and
/// in their alerts, so that several namespaces of a cluster have rules of their own in one
/// Prometheus. Everything else of the file, its comments, too, stays as it is.
///
/// @param rules a file of rules; expressions are plain or literal (`|-`), not in quotes
public record NamespacedRules(String rules, String namespace) {
  private static final Pattern RULE = Pattern.compile("( *)- (alert|record): .*");
  private static final Pattern EXPRESSION = Pattern.compile("( *(?:- )?)expr: (.*)");

  public NamespacedRules {
    if (!namespace.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      throw new SloException("'" + namespace + "' cannot be the name of a namespace");
    }
  }

  public String text() {
    var lines = rules.lines().toList();
    var written = new ArrayList<String>();
    for (int at = 0; at < lines.size(); ) {
      var rule = RULE.matcher(lines.get(at));
      if (rule.matches()) {
        int end = end(lines, at, rule.group(1).length());
        written.addAll(rule(lines.subList(at, end), rule.group(1).length() + 2));
        at = end;
      } else {
        written.add(lines.get(at++));
      }
    }
    return String.join("\n", written) + "\n";
  }

  /// The first line after `at` that is not deeper than this.
  private static int end(List<String> lines, int at, int depth) {
    int end = at + 1;
    while (end < lines.size() && (lines.get(end).isBlank() || depth(lines.get(end)) > depth)) {
      end++;
    }
    while (lines.get(end - 1).isBlank()) {
      end--;
    }
    return end;
  }

  private static int depth(String line) {
    return line.length() - line.stripLeading().length();
  }

  private List<String> rule(List<String> lines, int depth) {
    var written = new ArrayList<String>();
    var indent = " ".repeat(depth);
    boolean labelled = false;
    for (int at = 0; at < lines.size(); ) {
      var line = lines.get(at);
      var expression = EXPRESSION.matcher(line);
      if (expression.matches()) {
        int end = end(lines, at, depth);
        written.addAll(expression(lines.subList(at, end), expression.group(2)));
        at = end;
        continue;
      }
      if (line.startsWith(indent + "labels:")) {
        labelled = true;
        written.addAll(labels(line, indent));
      } else {
        written.add(line);
      }
      at++;
    }
    if (!labelled) {
      written.add(indent + "labels: {namespace: '" + namespace + "'}");
    }
    return written;
  }

  private List<String> labels(String line, String indent) {
    var start = indent + "labels: {";
    return line.startsWith(start)
        ? List.of(start + "namespace: '" + namespace + "', " + line.substring(start.length()))
        : List.of(line, indent + "  namespace: '" + namespace + "'");
  }

  private List<String> expression(List<String> lines, String first) {
    if (first.startsWith("'") || first.startsWith("\"")) {
      throw new SloException("an expression in quotes; write it after `expr: |-`: " + first);
    }
    var query = new Selectors("namespace=\"" + namespace + "\"");
    if (!first.startsWith("|")) {
      var key = lines.getFirst().substring(0, lines.getFirst().indexOf("expr: ") + 6);
      return (key + query.narrow(String.join("\n", lines).substring(key.length())))
          .lines()
          .toList();
    }
    var all = new ArrayList<>(List.of(lines.getFirst()));
    query.narrow(String.join("\n", lines.subList(1, lines.size()))).lines().forEach(all::add);
    return all;
  }
}
