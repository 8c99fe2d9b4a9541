package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the stages of one `dvc.yaml`, with `foreach`, `matrix` and `${}` resolved.
final class StageFile {
  private static final Set<String> TOP_LEVEL =
      Set.of("stages", "vars", "params", "metrics", "plots", "artifacts", "datasets");
  private static final Set<String> FOREACH = Set.of("foreach", "do");
  private static final Pattern STAGE_NAME =
      Pattern.compile("[^!\"#$%&'()*+,./:;<=>?@\\[\\\\\\]^`{|}~]+");

  private final Repository repository;
  private final Path file;
  private final String name;
  private final List<Stage> stages = new ArrayList<>();

  private StageFile(Repository repository, Path file) {
    this.repository = repository;
    this.file = file;
    this.name = repository.relative(file);
  }

  static List<Stage> read(Repository repository, Path file) throws IOException {
    var reader = new StageFile(repository, file);
    reader.readAll();
    return reader.stages;
  }

  private void readAll() throws IOException {
    var document = YamlReader.mapping(file);
    KnownKeys.check(document, TOP_LEVEL, name, "");
    if (!(document.get("stages").orElse(Mapping.EMPTY) instanceof Mapping definitions)) {
      throw new PipelineException(
          "%s:%d: stages must be a mapping of names".formatted(name, line(document, "stages")));
    }
    if (definitions.entries().isEmpty()) {
      return;
    }
    var vars = TemplateContext.vars(document.get("vars").orElse(Value.none()));
    var context = TemplateContext.of(file.resolveSibling(""), vars, name);
    for (var entry : definitions.entries().entrySet()) {
      var stage = YamlReader.text(entry.getKey());
      var where = "%s:%d: stages.%s".formatted(name, definitions.line(entry.getKey()), stage);
      if (!STAGE_NAME.matcher(stage).matches()) {
        throw new PipelineException(where + ": a stage name has no punctuation except '-' and '_'");
      }
      if (!(entry.getValue() instanceof Mapping definition)) {
        throw new PipelineException(where + ": must be a mapping with 'cmd'");
      }
      readStage(stage, definition, context, where);
    }
  }

  private static int line(Mapping mapping, String key) {
    return mapping.line(Value.of(key));
  }

  private void readStage(String stage, Mapping definition, Mapping context, String where)
      throws IOException {
    var over = definition.get("foreach");
    var matrix = definition.get("matrix");
    if (over.isPresent()) {
      KnownKeys.check(definition, FOREACH, name, "stages." + stage);
      if (!(definition.get("do").orElse(Value.none()) instanceof Mapping body)) {
        throw new PipelineException(where + ": foreach needs 'do' with the stage to repeat");
      }
      var values = new Template(context).fill(over.get(), where);
      readMembers(stage, body, StageGroup.foreach(values, where), context, where);
    } else if (matrix.isPresent()) {
      var values = new Template(context).fill(matrix.get(), where);
      if (!(values instanceof Mapping variables)) {
        throw new PipelineException(where + ": matrix must be a mapping of names to lists");
      }
      var body = new java.util.LinkedHashMap<>(definition.entries());
      body.remove(Value.of("matrix"));
      var single = new Mapping(body, definition.lines());
      readMembers(stage, single, StageGroup.matrix(variables, where), context, where);
    } else {
      add(stage, definition, context, where);
    }
  }

  private void readMembers(
      String stage, Mapping body, List<StageGroup.Member> members, Mapping context, String where)
      throws IOException {
    for (var member : members) {
      var names = context;
      for (var added : member.names().entries().entrySet()) {
        names = names.with(YamlReader.text(added.getKey()), added.getValue());
      }
      add(stage + "@" + member.suffix(), body, names, where);
    }
  }

  private void add(String stage, Mapping definition, Mapping context, String where)
      throws IOException {
    stages.add(new StageReader(repository, file, stage, where).read(definition, context));
  }
}
