package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.search.Field;
import io.mlopscore.tracking.search.Filter;
import io.mlopscore.tracking.search.Operator;
import io.mlopscore.tracking.search.Value;
import java.util.List;

/// A filter of the registry, and whether prompts are left out of what it finds.
///
/// As in MLflow, they are unless the first condition on their tag asks for them; conditions on the
/// tag that do not ask for them count no further, since a model that is no prompt has no such tag.
/// Inside OR, NOT and parentheses, which are ours, the tag is one as any other.
record PromptFilter(Filter filter, boolean withoutPrompts) {
  private static final Field TAG = new Field(Field.Kind.TAG, Prompts.TAG);

  static PromptFilter of(Filter filter) {
    var parts = filter instanceof Filter.And(var all) ? all : List.of(filter);
    var onTag = parts.stream().filter(PromptFilter::isOnTag).toList();
    if (onTag.isEmpty()) {
      return new PromptFilter(filter, !filter.mentions(TAG::equals));
    }
    if (asks((Filter.Comparison) onTag.getFirst())) {
      return new PromptFilter(filter, false);
    }
    var others = parts.stream().filter(part -> !isOnTag(part)).toList();
    return new PromptFilter(new Filter.And(others), true);
  }

  private static boolean isOnTag(Filter part) {
    return part instanceof Filter.Comparison(var field, _, _) && field.equals(TAG);
  }

  private static boolean asks(Filter.Comparison comparison) {
    var value = comparison.value() instanceof Value.Text(var text) ? text : "";
    return (comparison.operator() == Operator.EQUAL && value.equalsIgnoreCase("true"))
        || (comparison.operator() == Operator.NOT_EQUAL && value.equalsIgnoreCase("false"));
  }
}
