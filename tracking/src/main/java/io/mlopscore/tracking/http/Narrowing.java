package io.mlopscore.tracking.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Action;
import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Grant;
import io.mlopscore.tracking.auth.Grants;
import io.mlopscore.tracking.auth.Requirement;
import io.mlopscore.tracking.auth.ResourceType;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.search.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Shows in a search only what its caller may read.
///
/// What may be read becomes part of the search itself, so that pages are full and their tokens
/// stay good. Rows of the answer are looked at again all the same, for ids that no filter can name.
record Narrowing(Caller caller) {
  /// A filter takes no longer list. Then, as with names that no filter can say, only rows are taken
  /// out, and pages may be short.
  private static final int MOST_LISTED = 5000;

  /// What most names are, so that they need no parser.
  private static final Pattern PLAIN = Pattern.compile("[\\w .:-]*\\w");

  private static final Field PROMPT = new Field(Field.Kind.TAG, Prompts.TAG);

  JsonSerializable answer(String name, Call call, Rpc rpc) {
    return switch (name) {
      case "GET experiments/search", "POST experiments/search" -> experiments(call, rpc);
      case "POST runs/search" -> inExperiments(call, rpc, ResourceType.RUN);
      case "POST logged-models/search" -> inExperiments(call, rpc, ResourceType.LOGGED_MODEL);
      case "GET registered-models/search" ->
          registered(call, rpc, Vocabularies.REGISTERED_MODELS, "registered_models");
      case "GET model-versions/search" ->
          registered(call, rpc, Vocabularies.MODEL_VERSIONS, "model_versions");
      case "GET traces",
          "POST traces",
          "PATCH traces/{trace_id}",
          "POST traces/search",
          "GET traces/{trace_id}/info",
          "GET traces/{trace_id}",
          "GET traces/get",
          "GET traces/batchGet",
          "POST traces/batchGetInfos" ->
          new WithheldFromTraces(caller).from(rpc.answer(call));
      default -> rpc.answer(call);
    };
  }

  private JsonSerializable experiments(Call call, Rpc rpc) {
    var shown = caller.grants().shown(ResourceType.EXPERIMENT);
    if (shown.isNothing()) {
      return Messages.empty();
    }
    var answer = rpc.answer(filtered(call, shown, "experiment_id", Vocabularies.EXPERIMENTS));
    return without(
        answer, "experiments", row -> shown.contains(row.path("experiment_id").asText()));
  }

  private JsonSerializable inExperiments(Call call, Rpc rpc, ResourceType type) {
    var ids = call.texts("experiment_ids");
    var shown = caller.grants().shown(ResourceType.EXPERIMENT);
    var allowed = caller.may(Requirement.of(type, Grant.ALL, Action.NOT_DENIED));
    var left = ids.stream().filter(id -> allowed && shown.contains(id)).toList();
    if (left.isEmpty() && !ids.isEmpty()) {
      return Messages.empty();
    }
    var fields = copy(call);
    var array = fields.putArray("experiment_ids");
    left.forEach(array::add);
    return rpc.answer(new Call(fields, call.inQuery()));
  }

  private JsonSerializable registered(Call call, Rpc rpc, Vocabulary words, String rows) {
    var models = shown(ResourceType.REGISTERED_MODEL, rows);
    var prompts = shown(ResourceType.PROMPT, rows);
    var filter = FilterParser.parse(call.text("filter"), words);
    var narrowed = call;
    if (!filter.mentions(PROMPT::equals)) {
      if (models.isNothing()) {
        return Messages.empty();
      }
      narrowed = filtered(call, models, "name", words);
    } else if (asksForPrompts(filter)) {
      if (prompts.isNothing()) {
        return Messages.empty();
      }
      narrowed = filtered(call, prompts, "name", words);
    }
    return without(
        rpc.answer(narrowed),
        rows,
        row -> (isPrompt(row) ? prompts : models).contains(row.path("name").asText()));
  }

  private Grants.Shown shown(ResourceType type, String rows) {
    var versions = Requirement.of(Needs.versionsOf(type), Grant.ALL, Action.NOT_DENIED);
    return rows.equals("model_versions") && !caller.may(versions)
        ? new Grants.Shown(false, java.util.Set.of())
        : caller.grants().shown(type);
  }

  private static boolean asksForPrompts(Filter filter) {
    return parts(filter).stream()
        .anyMatch(
            part ->
                part instanceof Filter.Comparison(var field, var operator, Value.Text(var text))
                    && field.equals(PROMPT)
                    && operator == Operator.EQUAL
                    && text.equalsIgnoreCase("true"));
  }

  private static boolean isPrompt(JsonNode row) {
    for (var tag : row.path("tags")) {
      if (tag.path("key").asText().equals(Prompts.TAG)) {
        return Needs.isPrompt(tag.path("value").asText());
      }
    }
    return false;
  }

  /// The same call with one more condition.
  private static Call filtered(Call call, Grants.Shown shown, String attribute, Vocabulary words) {
    if (shown.isEverything()) {
      return call;
    }
    var ids = shown.exceptions().stream().filter(id -> couldBe(id, attribute)).toList();
    var field = new Field(Field.Kind.ATTRIBUTE, attribute);
    var said = ids.stream().filter(id -> canBeSaid(id, field, words)).toList();
    boolean hidesSome = !shown.others() && said.size() < ids.size();
    if (said.isEmpty() || said.size() > MOST_LISTED || hidesSome) {
      return call;
    }
    var parts = new ArrayList<>(parts(FilterParser.parse(call.text("filter"), words)));
    parts.add(
        new Filter.Comparison(
            field, shown.others() ? Operator.NOT_IN : Operator.IN, new Value.Texts(said)));
    var fields = copy(call);
    fields.put("filter", new Filter.And(parts).toString());
    return new Call(fields, call.inQuery());
  }

  private static boolean couldBe(String id, String attribute) {
    return attribute.equals("experiment_id") ? id.matches("\\d{1,18}") : !id.isEmpty();
  }

  /// Filters know no escape: some names do not come back from one as they were.
  private static boolean canBeSaid(String id, Field field, Vocabulary words) {
    if (PLAIN.matcher(id).matches()) {
      return true;
    }
    var alone = new Filter.Comparison(field, Operator.IN, new Value.Texts(List.of(id)));
    try {
      return FilterParser.parse(alone.toString(), words).equals(alone);
    } catch (TrackingException _) {
      return false;
    }
  }

  private static List<Filter> parts(Filter filter) {
    return filter instanceof Filter.And(var all) ? all : List.of(filter);
  }

  private static ObjectNode copy(Call call) {
    return call.fields() instanceof ObjectNode object ? object.deepCopy() : Messages.empty();
  }

  /// Whatever comes must be looked at: what cannot be is a mistake, and is not shown.
  private static JsonSerializable without(
      JsonSerializable answer, String rows, Predicate<JsonNode> shown) {
    return switch (answer) {
      case Listing<?> listing -> listing.only(shown);
      case ObjectNode message -> {
        if (message.path(rows) instanceof ArrayNode array) {
          array.removeIf(shown.negate());
        }
        yield message;
      }
      default -> throw new IllegalStateException(rows + " of " + answer.getClass());
    };
  }
}
