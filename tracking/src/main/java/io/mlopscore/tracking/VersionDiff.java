package io.mlopscore.tracking;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What differs between two model versions.
public record VersionDiff(List<Difference> differences) {
  public VersionDiff {
    differences = List.copyOf(differences);
  }

  /// One thing with what it is in each version.
  ///
  /// @param kind `param`, `metric`, `tag`, `signature` or `file`
  /// @param left empty if it is only in the other version
  /// @param right the same
  public record Difference(String kind, String name, String left, String right) {}

  /// Compares params, metrics, tags, signature and files, these byte for byte.
  public static VersionDiff of(VersionFacts left, VersionFacts right) {
    return of(left, right, path -> !sameBytes(left, right, path));
  }

  /// @param changed whether a file that both have, of the same size, differs
  static VersionDiff of(VersionFacts left, VersionFacts right, Predicate<String> changed) {
    var found = new ArrayList<Difference>();
    add(found, "param", left.params(), right.params());
    add(found, "metric", left.metrics(), right.metrics());
    add(found, "tag", left.version().tags(), right.version().tags());
    add(found, "signature", left.signature(), right.signature());
    for (var path : names(left.files(), right.files())) {
      var a = left.files().get(path);
      var b = right.files().get(path);
      if (!Objects.equals(a, b) || changed.test(path)) {
        found.add(new Difference("file", path, bytes(a), bytes(b)));
      }
    }
    return new VersionDiff(found);
  }

  private static String bytes(@Nullable Long size) {
    return size == null ? "" : size + " bytes";
  }

  private static void add(
      List<Difference> found, String kind, Map<String, String> left, Map<String, String> right) {
    for (var name : names(left, right)) {
      var a = left.getOrDefault(name, "");
      var b = right.getOrDefault(name, "");
      if (!a.equals(b)) {
        found.add(new Difference(kind, name, a, b));
      }
    }
  }

  private static TreeSet<String> names(Map<String, ?> left, Map<String, ?> right) {
    var names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    return names;
  }

  private static boolean sameBytes(VersionFacts left, VersionFacts right, String path) {
    try (var a = new BufferedInputStream(left.repository().open(path));
        var b = new BufferedInputStream(right.repository().open(path))) {
      for (var next = a.read(); next == b.read(); next = a.read()) {
        if (next < 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw VersionFacts.unreadable(path, e);
    }
  }
}
