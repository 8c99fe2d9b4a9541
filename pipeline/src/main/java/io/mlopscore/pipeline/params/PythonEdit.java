package io.mlopscore.pipeline.params;

import static java.util.stream.Collectors.joining;

import io.mlopscore.pipeline.params.ParamsSplice.Edit;
import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlException;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes constants of a Python module in place; see [PythonParams] for which those are. None is
/// added and none goes, since the code around it needs those that are there.
public final class PythonEdit implements ParamsSplice.Notation {
  private final Map<List<Value>, Span> places;

  private PythonEdit(Map<List<Value>, Span> places) {
    this.places = places;
  }

  /// The text with other values.
  ///
  /// @param name stands for the text in messages
  /// @throws YamlException when they are no constants, or not those that are there
  public static String of(String text, String name, Mapping wanted) {
    boolean marked = text.startsWith("\ufeff");
    var plain = marked ? text.substring(1) : text;
    try {
      var notation = new PythonEdit(PythonParams.places(plain, name));
      var changed = ParamsSplice.of(plain, PythonParams.read(plain, name), wanted, notation);
      if (PythonParams.read(changed, name).equals(wanted)) {
        return marked ? "\ufeff" + changed : changed;
      }
    } catch (YamlException e) {
      throw new YamlException(name + ": cannot be changed so: " + e.getMessage(), e);
    }
    throw new YamlException(name + ": cannot be changed so in place; edit the file");
  }

  @Override
  public Optional<Span> place(List<Value> path) {
    return Optional.ofNullable(places.get(path));
  }

  @Override
  public String literal(Value value) {
    return switch (value) {
      case Value.Null() -> "None";
      case Value.Bool(var truth) -> truth ? "True" : "False";
      case Value.Text(var string) -> ParamsSplice.quoted(string);
      case Value.Real(var real) when !Double.isFinite(real) ->
          throw new YamlException("Python has no constant for " + YamlReader.text(value));
      case Value.Int _, Value.Real _ -> JsonText.of(value);
      case Value.Moment _ -> throw new YamlException("Python has no constant for a date");
      case Items(var items) -> items.stream().map(this::literal).collect(joining(", ", "[", "]"));
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
              .collect(joining(", ", "{", "}"));
    };
  }

  @Override
  public List<Edit> add(List<Value> path, Value value) {
    throw new YamlException(
        "'%s' is no constant there, and none is added to a Python file".formatted(shown(path)));
  }

  @Override
  public List<Edit> remove(List<Value> path) {
    throw new YamlException(
        "'%s' stays, since no constant is removed from a Python file".formatted(shown(path)));
  }

  private static String shown(List<Value> path) {
    return path.stream().map(YamlReader::text).collect(joining("."));
  }
}
