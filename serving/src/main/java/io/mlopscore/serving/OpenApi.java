package io.mlopscore.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mlopscore.model.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The OpenAPI 3.1 description (https://spec.openapis.org/oas/v3.1.1.html), made from the signature
/// of the model that is being served: its fields, their types, ranges and an example.
final class OpenApi {
  private final JsonGenerator out;

  private OpenApi(JsonGenerator out) {
    this.out = out;
  }

  /// @param model null if there is none yet; then the fields are not described
  static byte[] document(ServingSettings settings, @Nullable ServedModel model) {
    return Json.object(out -> new OpenApi(out).write(settings, model));
  }

  private void write(ServingSettings settings, @Nullable ServedModel model) throws IOException {
    out.writeStringField("openapi", "3.1.0");
    out.writeObjectFieldStart("info");
    out.writeStringField("title", settings.title());
    out.writeStringField("version", "1.0.0");
    if (model != null) {
      out.writeStringField(
          "description",
          "Serves %s, version %s.".formatted(model.release().name(), model.release().version()));
    }
    out.writeEndObject();
    out.writeObjectFieldStart("paths");
    get("/", "What this service is", "200");
    get("/health", "Whether a model is loaded; always 200", "200", "429");
    get("/health/live", "Whether the process is alive", "200");
    get("/health/ready", "Whether predictions will be answered", "200", "503");
    get("/metrics", "Metrics for Prometheus", "200");
    out.writeObjectFieldStart("/model/info");
    operation("get", "What is being served, and how well it did", true, "401", "403", "404", "429");
    out.writeEndObject();
    out.writeEndObject();
    predictPath();
    out.writeEndObject();
    components(model);
  }

  private void get(String path, String summary, String... statuses) throws IOException {
    out.writeObjectFieldStart(path);
    out.writeObjectFieldStart("get");
    names("tags", List.of("Service"));
    out.writeStringField("summary", summary);
    out.writeObjectFieldStart("responses");
    for (var status : statuses) {
      response(status, description(status));
    }
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void predictPath() throws IOException {
    out.writeObjectFieldStart("/predict");
    operation(
        "post",
        "The most probable class of one row, and the probability of each",
        true,
        "401",
        "403",
        "413",
        "415",
        "422",
        "429",
        "503");
    out.writeObjectFieldStart("requestBody");
    out.writeBooleanField("required", true);
    jsonContent("Row");
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  /// Leaves the operation open for more members.
  private void operation(String method, String summary, boolean secured, String... errors)
      throws IOException {
    out.writeObjectFieldStart(method);
    names("tags", List.of("Model"));
    out.writeStringField("summary", summary);
    if (secured) {
      out.writeArrayFieldStart("security");
      out.writeStartObject();
      out.writeArrayFieldStart("ApiKey");
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndArray();
    }
    out.writeObjectFieldStart("responses");
    out.writeObjectFieldStart("200");
    out.writeStringField("description", description("200"));
    jsonContent(method.equals("post") ? "Prediction" : "ModelInfo");
    out.writeEndObject();
    for (var error : errors) {
      response(error, description(error));
    }
    out.writeEndObject();
  }

  private void response(String status, String description) throws IOException {
    out.writeObjectFieldStart(status);
    out.writeStringField("description", description);
    out.writeEndObject();
  }

  private static String description(String status) {
    return switch (status) {
      case "200" -> "Done";
      case "401" -> "The API key is missing";
      case "403" -> "The API key is not valid";
      case "404" -> "No model is loaded";
      case "413" -> "The body is too large";
      case "415" -> "The body is not declared as JSON";
      case "422" -> "The body is not a valid row; says which field and why";
      case "429" -> "Too many requests; Retry-After says when to come back";
      case "503" -> "Not ready";
      default -> throw new IllegalArgumentException(status);
    };
  }

  private void jsonContent(String schema) throws IOException {
    out.writeObjectFieldStart("content");
    out.writeObjectFieldStart("application/json");
    out.writeObjectFieldStart("schema");
    out.writeStringField("$ref", "#/components/schemas/" + schema);
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void components(@Nullable ServedModel model) throws IOException {
    out.writeObjectFieldStart("components");
    out.writeObjectFieldStart("securitySchemes");
    out.writeObjectFieldStart("ApiKey");
    out.writeStringField("type", "apiKey");
    out.writeStringField("in", "header");
    out.writeStringField("name", "X-API-Key");
    out.writeEndObject();
    out.writeEndObject();
    out.writeObjectFieldStart("schemas");
    row(model);
    prediction(model);
    modelInfo();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void row(@Nullable ServedModel model) throws IOException {
    out.writeObjectFieldStart("Row");
    out.writeStringField("type", "object");
    if (model != null) {
      var inputs = model.folder().signature().inputs();
      names("required", inputs.stream().filter(Column::required).map(Column::name).toList());
      out.writeObjectFieldStart("properties");
      for (var column : inputs) {
        field(model, column);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void field(ServedModel model, Column column) throws IOException {
    double example = SelfTest.example(model, column);
    out.writeObjectFieldStart(column.name());
    switch (column.type()) {
      case BOOLEAN -> {
        out.writeStringField("type", "boolean");
        out.writeArrayFieldStart("examples");
        out.writeBoolean(example != 0);
        out.writeEndArray();
      }
      case INTEGER, LONG -> number(model, column, "integer", example);
      case FLOAT, DOUBLE, STRING, BINARY, DATETIME -> number(model, column, "number", example);
    }
    out.writeEndObject();
  }

  private void number(ServedModel model, Column column, String type, double example)
      throws IOException {
    out.writeStringField("type", type);
    var range = model.folder().description().ranges().get(column.name());
    if (range != null) {
      out.writeNumberField("minimum", range.min());
      out.writeNumberField("maximum", range.max());
    }
    out.writeArrayFieldStart("examples");
    if (type.equals("integer")) {
      out.writeNumber((long) example);
    } else {
      out.writeNumber(example);
    }
    out.writeEndArray();
  }

  private void prediction(@Nullable ServedModel model) throws IOException {
    out.writeObjectFieldStart("Prediction");
    out.writeStringField("type", "object");
    names("required", List.of("prediction", "confidence", "probabilities"));
    out.writeObjectFieldStart("properties");
    out.writeObjectFieldStart("prediction");
    out.writeStringField("type", "string");
    if (model != null) {
      names("enum", model.classes());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("confidence");
    probability();
    out.writeEndObject();
    out.writeObjectFieldStart("probabilities");
    out.writeStringField("type", "object");
    out.writeObjectFieldStart("additionalProperties");
    probability();
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void probability() throws IOException {
    out.writeStringField("type", "number");
    out.writeNumberField("minimum", 0);
    out.writeNumberField("maximum", 1);
  }

  private void modelInfo() throws IOException {
    out.writeObjectFieldStart("ModelInfo");
    out.writeStringField("type", "object");
    out.writeObjectFieldStart("properties");
    for (var name : List.of("model_type", "name", "version")) {
      typed(name, "string");
    }
    for (var name : List.of("n_features", "n_samples")) {
      typed(name, "integer");
    }
    for (var name : List.of("accuracy", "precision", "recall", "f1_score")) {
      out.writeObjectFieldStart(name);
      names("type", List.of("number", "null"));
      out.writeEndObject();
    }
    for (var name : List.of("feature_names", "target_names")) {
      out.writeObjectFieldStart(name);
      out.writeStringField("type", "array");
      typed("items", "string");
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void typed(String name, String type) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("type", type);
    out.writeEndObject();
  }

  private void names(String field, List<String> names) throws IOException {
    out.writeArrayFieldStart(field);
    for (var name : names) {
      out.writeString(name);
    }
    out.writeEndArray();
  }
}
