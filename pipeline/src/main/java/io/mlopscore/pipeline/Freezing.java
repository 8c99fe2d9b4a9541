package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.YamlDocument;
import java.io.IOException;

/// Freezes stages and data, and takes that back, in the file that defines them; all else in it
/// stays as it is.
final class Freezing {
  private static final String KEY = "frozen";

  private Freezing() {}

  static void set(Node node, boolean frozen) throws IOException {
    if (node.frozen() == frozen) {
      return;
    }
    var path =
        switch (node) {
          case DataSource _, PartialImport _ -> YamlDocument.path(KEY);
          case Stage stage -> {
            requireOwnDefinition(stage);
            yield YamlDocument.path("stages", stage.name(), KEY);
          }
        };
    var document = YamlDocument.open(node.definition());
    var changed = frozen ? document.set(path, new Bool(true)) : document.remove(path);
    changed.write(node.definition());
  }

  private static void requireOwnDefinition(Stage stage) {
    if (stage.name().contains("@")) {
      throw new PipelineException(
          "'%s' is made by foreach or matrix and has no definition of its own; write 'frozen: true' where the group is defined"
              .formatted(stage.address()));
    }
  }
}
