package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Set;

/// The `md5` of the `*.dvc` file of an import: that of what it says, as DVC computes it.
public final class ImportChecksum {
  /// Left out at any depth.
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "desc", "type", "labels", "meta", "locked", "frozen", "metric", "persist", "isexec",
          "size", "nfiles");

  private ImportChecksum() {}

  public static String of(Mapping file) {
    var counted = new LinkedHashMap<>(file.entries());
    counted.remove(Value.of("md5"));
    counted.remove(Value.of("wdir"), Value.of("."));
    var json = JsonText.of(counted(new Mapping(counted)));
    return Md5.of(json.getBytes(StandardCharsets.US_ASCII));
  }

  private static Value counted(Value value) {
    return switch (value) {
      case Mapping mapping -> {
        var kept = new LinkedHashMap<Value, Value>();
        for (var entry : mapping.entries().entrySet()) {
          if (!NOT_COUNTED.contains(YamlReader.text(entry.getKey()))) {
            kept.put(entry.getKey(), counted(entry.getValue()));
          }
        }
        yield new Mapping(kept);
      }
      case Items(var items) -> new Items(items.stream().map(ImportChecksum::counted).toList());
      case Value other -> other;
    };
  }
}
