/// YAML 1.2 and JSON text as DVC's Python libraries read and write them, byte for byte where files
/// are compared or hashed.
///
/// Start at [io.mlopscore.pipeline.yaml.YamlReader] and [io.mlopscore.pipeline.yaml.YamlWriter];
/// between them stands [io.mlopscore.pipeline.yaml.Value].
@NullMarked
package io.mlopscore.pipeline.yaml;

import org.jspecify.annotations.NullMarked;
