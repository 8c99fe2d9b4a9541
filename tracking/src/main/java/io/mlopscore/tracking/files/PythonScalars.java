package io.mlopscore.tracking.files;

import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/// What scalars without quotes mean to Python, which writes YAML 1.1: a number has a fraction only
/// behind a point. So the digest `641e6115` and the name `1e5` are texts, which YAML 1.2 takes for
/// numbers.
final class PythonScalars implements Schema {
  private static final Pattern WITH_POINT =
      Pattern.compile("[-+]?[0-9]+\\.[0-9]*(?:[eE][-+][0-9]+)?|[-+]?\\.inf|\\.nan");

  private final Schema schema = new JsonSchema();

  @Override
  public ScalarResolver getScalarResolver() {
    return new Resolver();
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    return schema.getSchemaTagConstructors();
  }

  private static final class Resolver extends JsonScalarResolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.NULL, EMPTY, null);
      addImplicitResolver(Tag.NULL, NULL, "n\u0000");
      addImplicitResolver(Tag.BOOL, BOOL, "tf");
      addImplicitResolver(Tag.INT, INT, "-0123456789");
      addImplicitResolver(Tag.FLOAT, WITH_POINT, "-+.0123456789");
    }
  }
}
