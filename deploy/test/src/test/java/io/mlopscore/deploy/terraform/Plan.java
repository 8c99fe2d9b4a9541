package io.mlopscore.deploy.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What Terraform would make, with every expression evaluated; what only Google knows is made up.
///
/// @param text as Terraform told it
/// @param resources all that would be made
record Plan(String text, List<Resource> resources) {

  /// @param plan that it is from
  /// @param address such as `module.platform.module.database.google_sql_user.main`
  /// @param values as they would be
  record Resource(String plan, String address, String type, JsonNode values) {
    @Override
    public String toString() {
      return plan + ": " + address;
    }
  }

  /// The plan of the first run in `tests/<test>.tftest.hcl` of a folder.
  static Plan of(String name, Terraform terraform, Path folder, String test)
      throws IOException, InterruptedException {
    var init = terraform.run(folder, "init", "-backend=false", "-no-color");
    if (init.exitCode() != 0) {
      throw new AssertionError(init.output());
    }
    var result =
        terraform.run(folder, "test", "-json", "-verbose", "-filter=tests/" + test + ".tftest.hcl");
    for (var line : result.lines()) {
      if (line.has("test_plan")) {
        return new Plan(
            line.toString(), resources(name, line.get("test_plan").get("resource_changes")));
      }
    }
    throw new AssertionError("no plan in\n" + result.output());
  }

  private static List<Resource> resources(String plan, JsonNode changes) {
    var resources = new ArrayList<Resource>();
    for (var change : changes) {
      if (change.get("mode").asText().equals("managed")) {
        resources.add(
            new Resource(
                plan,
                change.get("address").asText(),
                change.get("type").asText(),
                withUnknown(
                    change.get("change").get("after"), change.get("change").get("after_unknown"))));
      }
    }
    return List.copyOf(resources);
  }

  /// Terraform tells apart what is known and what will be; here both are values.
  private static JsonNode withUnknown(JsonNode known, JsonNode unknown) {
    if (unknown.isBoolean()) {
      return unknown.asBoolean() ? TextNode.valueOf("(known later)") : known;
    }
    if (known instanceof ObjectNode object) {
      unknown.forEachEntry(
          (name, value) -> object.set(name, withUnknown(object.path(name), value)));
    } else if (known instanceof ArrayNode array) {
      for (int i = 0; i < Math.min(array.size(), unknown.size()); i++) {
        array.set(i, withUnknown(array.get(i), unknown.get(i)));
      }
    }
    return known;
  }

  Stream<Resource> all(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type));
  }

  /// In the form of `terraform show -json`, as far as scanners read it.
  JsonNode toShow() {
    ObjectNode show = new ObjectMapper().createObjectNode();
    show.put("format_version", "1.2").put("terraform_version", "1.11.4");
    var planned = show.putObject("planned_values").putObject("root_module").putArray("resources");
    var changes = show.putArray("resource_changes");
    for (var resource : resources) {
      var common =
          new ObjectMapper()
              .createObjectNode()
              .put("address", resource.address())
              .put("mode", "managed")
              .put("type", resource.type())
              .put("name", resource.address().replaceAll("[^A-Za-z0-9]+", "_"))
              .put("provider_name", "registry.terraform.io/hashicorp/google");
      planned.add(common.deepCopy().put("schema_version", 0).set("values", resource.values()));
      var change = common.deepCopy();
      change.putObject("change").put("before", (String) null).set("after", resource.values());
      ((ObjectNode) change.get("change")).putArray("actions").add("create");
      changes.add(change);
    }
    return show;
  }
}
