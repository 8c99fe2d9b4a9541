package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlDocument;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a value of a file must look like: a misspelt key or a wrong type would else be silently
/// ignored.
@FunctionalInterface
interface Shape {
  /// @param path from the top of the file to what is wrong
  /// @param expected the types that would do; empty when it is no matter of types
  record Problem(List<Value> path, String text, List<String> expected) {
    Problem(List<Value> path, String text) {
      this(path, text, List.of());
    }
  }

  Shape ANYTHING = (_, _) -> Optional.empty();
  Shape TEXT = type("a string", Text.class::isInstance);
  Shape BOOL = type("true or false", Bool.class::isInstance);
  Shape INTEGER = type("an integer", Int.class::isInstance);
  Shape MAPPING = type("a mapping", Mapping.class::isInstance);
  Shape LIST = type("a list", Items.class::isInstance);
  Shape NULL = type("nothing", Value.Null.class::isInstance);

  Optional<Problem> problem(Value value, List<Value> path);

  /// @throws PipelineException that says where in the file what is wrong
  default void require(Value value, Path file, String name) throws IOException {
    var problem = problem(value, List.of());
    if (problem.isPresent()) {
      var found = problem.get();
      var place = YamlDocument.open(file).place(found.path());
      throw new PipelineException("%s:%s: %s".formatted(name, place, found.text()));
    }
  }

  static Shape type(String expected, Predicate<Value> test) {
    return (value, path) ->
        test.test(value)
            ? Optional.empty()
            : Optional.of(wrongType(value, path, List.of(expected)));
  }

  private static Problem wrongType(Value value, List<Value> path, List<String> expected) {
    var last = expected.getLast();
    var types =
        expected.size() == 1
            ? last
            : String.join(", ", expected.subList(0, expected.size() - 1)) + " or " + last;
    return new Problem(
        path, "%s must be %s, not %s".formatted(name(path), types, value.typeName()), expected);
  }

  static Shape listOf(Shape item) {
    return (value, path) -> {
      if (!(value instanceof Items(var items))) {
        return LIST.problem(value, path);
      }
      for (int i = 0; i < items.size(); i++) {
        var problem = item.problem(items.get(i), child(path, Value.of(i)));
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    };
  }

  /// A mapping of names that people choose.
  static Shape namesTo(Shape shape) {
    return (value, path) -> {
      if (!(value instanceof Mapping mapping)) {
        return MAPPING.problem(value, path);
      }
      for (var entry : mapping.entries().entrySet()) {
        var at = child(path, entry.getKey());
        if (!(entry.getKey() instanceof Text)) {
          return Optional.of(
              new Problem(at, "the name in %s must be a string: quote it".formatted(name(at))));
        }
        var problem = shape.problem(entry.getValue(), at);
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    };
  }

  /// A mapping of known keys.
  static Shape keys(Map<String, Shape> known, String... required) {
    return (value, path) -> {
      if (!(value instanceof Mapping mapping)) {
        return MAPPING.problem(value, path);
      }
      for (var entry : mapping.entries().entrySet()) {
        var at = child(path, entry.getKey());
        var shape = entry.getKey() instanceof Text(var key) ? known.get(key) : null;
        var problem =
            shape == null
                ? Optional.of(new Problem(at, unknown(path, entry.getKey(), known.keySet())))
                : shape.problem(entry.getValue(), at);
        if (problem.isPresent()) {
          return problem;
        }
      }
      for (var key : required) {
        if (mapping.get(key).isEmpty()) {
          return Optional.of(new Problem(path, "%s needs the key '%s'".formatted(name(path), key)));
        }
      }
      return Optional.empty();
    };
  }

  /// The first shape that fits by its outer type decides; where none does, all types are named.
  static Shape either(Shape first, Shape second) {
    return (value, path) -> {
      var a = first.problem(value, path);
      var b = a.isEmpty() ? a : second.problem(value, path);
      if (b.isEmpty()) {
        return b;
      }
      int deeper = a.get().path().size() - b.get().path().size();
      if (deeper == 0 && !a.get().expected().isEmpty() && !b.get().expected().isEmpty()) {
        var expected = new ArrayList<>(a.get().expected());
        expected.addAll(b.get().expected());
        return Optional.of(wrongType(value, path, expected));
      }
      return deeper > 0 ? a : b;
    };
  }

  private static String unknown(List<Value> path, Value key, Set<String> known) {
    var place = path.isEmpty() ? "" : " in " + name(path);
    return "unknown key '%s'%s; known are %s"
        .formatted(YamlReader.text(key), place, String.join(", ", new TreeSet<>(known)));
  }

  private static List<Value> child(List<Value> path, Value step) {
    var child = new ArrayList<>(path);
    child.add(step);
    return child;
  }

  private static String name(List<Value> path) {
    return path.isEmpty()
        ? "the file"
        : String.join(".", path.stream().map(YamlReader::text).toList());
  }
}
