package io.mlopscore.deploy.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What a provider tells Terraform about its resources: `terraform providers schema -json` of the
/// real one, less the resources that are not used here, as the message of Terraform's protocol 5.
final class ProviderSchema {
  private static final int SINGLE = 1;
  private static final int LIST = 2;
  private static final int SET = 3;
  private static final int MAP = 4;

  private ProviderSchema() {}

  static byte[] read(String resource) {
    try (InputStream in = ProviderSchema.class.getResourceAsStream(resource)) {
      var schemas = new ObjectMapper().readTree(in);
      var response = new Message().with(1, schema(schemas.get("provider")));
      addAll(response, 2, schemas.get("resource_schemas"));
      addAll(response, 3, schemas.get("data_source_schemas"));
      return response.toBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addAll(Message response, int field, JsonNode schemas) {
    schemas.forEachEntry(
        (type, schema) ->
            response.with(field, new Message().with(1, type).with(2, schema(schema))));
  }

  private static Message schema(JsonNode schema) {
    return new Message()
        .with(1, schema.path("version").asLong())
        .with(2, block(schema.get("block")));
  }

  private static Message block(JsonNode block) {
    var message = new Message();
    block
        .path("attributes")
        .forEachEntry((name, attribute) -> message.with(2, attribute(name, attribute)));
    block.path("block_types").forEachEntry((name, nested) -> message.with(3, nested(name, nested)));
    return message;
  }

  private static Message attribute(String name, JsonNode attribute) {
    return new Message()
        .with(1, name)
        .with(2, attribute.get("type").toString().getBytes(StandardCharsets.UTF_8))
        .with(4, attribute.path("required").asBoolean())
        .with(5, attribute.path("optional").asBoolean())
        .with(6, attribute.path("computed").asBoolean())
        .with(7, attribute.path("sensitive").asBoolean())
        .with(9, attribute.path("deprecated").asBoolean())
        .with(10, attribute.path("write_only").asBoolean());
  }

  private static Message nested(String name, JsonNode nested) {
    return new Message()
        .with(1, name)
        .with(2, block(nested.get("block")))
        .with(3, nesting(nested.get("nesting_mode").asText()))
        .with(4, nested.path("min_items").asLong())
        .with(5, nested.path("max_items").asLong());
  }

  private static int nesting(String mode) {
    return switch (mode) {
      case "single" -> SINGLE;
      case "list" -> LIST;
      case "set" -> SET;
      case "map" -> MAP;
      default -> throw new IllegalArgumentException("nesting " + mode);
    };
  }
}
