package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ModelVersion;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.search.FilterParser;
import io.mlopscore.tracking.search.OrderBy;
import io.mlopscore.tracking.search.PageToken;
import io.mlopscore.tracking.search.SearchPage;
import io.mlopscore.tracking.search.SearchQuery;
import io.mlopscore.tracking.search.Vocabularies;
import io.mlopscore.tracking.search.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Searches of registered models and of versions: a statement finds the rows of a page, others read
/// what belongs to them.
///
/// @param columns of a row
/// @param tags the table of its tags
/// @param scope the beginning of the condition that holds whatever the filter is
record SqlRegistrySearch(
    Searched searched, String columns, String tags, String scope, Vocabulary vocabulary) {
  static SearchPage<RegisteredModel> models(Handle handle, SearchQuery query) {
    var search =
        new SqlRegistrySearch(
            RegistryTables.models(handle),
            RegisteredModelReader.COLUMNS,
            "registered_model_tags",
            Workspace.of(handle, "m."),
            Vocabularies.REGISTERED_MODELS);
    var sorting = search.sorting(query.orderBy(), List.of());
    var page = search.page(handle, query, sorting, (row, _) -> RegisteredModelReader.row(row));
    return page.with(RegisteredModelReader.models(handle, page.items(), "v.current_stage"));
  }

  /// Without their aliases, as in MLflow.
  static SearchPage<ModelVersion> versions(Handle handle, SearchQuery query) {
    var search =
        new SqlRegistrySearch(
            RegistryTables.versions(handle),
            ModelVersionReader.COLUMNS,
            "model_version_tags",
            Workspace.of(handle, "v.") + "v.current_stage <> 'Deleted_Internal' AND ",
            Vocabularies.MODEL_VERSIONS);
    var usual = List.of("last_updated_timestamp DESC");
    var sorting =
        search.sorting(
            query.orderBy().isEmpty() ? usual : query.orderBy(),
            List.of(SortKey.number("v.version", false)));
    var page = search.page(handle, query, sorting, (row, _) -> ModelVersionReader.version(row));
    return page.with(ModelVersionReader.withTags(handle, page.items()));
  }

  /// The keys asked for, then the name, then others, each once.
  private Sorting sorting(List<String> orderBy, List<SortKey> last) {
    var keys = new ArrayList<SortKey>();
    for (var order : FilterParser.orders(orderBy, vocabulary)) {
      keys.add(key(order));
    }
    var rest = new ArrayList<SortKey>();
    rest.add(SortKey.text(name(), true));
    rest.addAll(last);
    for (var key : rest) {
      if (keys.stream().noneMatch(other -> other.expression().equals(key.expression()))) {
        keys.add(key);
      }
    }
    return new Sorting(new SqlText(), Map.of(), keys);
  }

  private SortKey key(OrderBy order) {
    var column = searched.column(order.field());
    return column.equals(name())
        ? SortKey.text(column, order.ascending())
        : SortKey.number(column, order.ascending());
  }

  private String name() {
    return searched.id();
  }

  private <T> SearchPage<T> page(
      Handle handle, SearchQuery query, Sorting sorting, RowMapper<T> mapper) {
    var asked = PromptFilter.of(FilterParser.parse(query.filter(), vocabulary));
    var text =
        SqlText.of("SELECT " + columns + ", " + sorting.columns() + " FROM " + searched.from())
            .add(" WHERE " + scope)
            .add(new FilterSql(searched).condition(asked.filter()));
    if (asked.withoutPrompts()) {
      text.add(" AND NOT EXISTS (SELECT 1 FROM " + tags + " p WHERE ")
          .add(Workspace.of(handle, "p.") + "p.name = " + name())
          .add(" AND p.\"key\" = ? AND p.value = 'true')", Prompts.TAG);
    }
    var token = PageToken.parse(query.pageToken());
    if (token instanceof PageToken.After after) {
      text.add(sorting.after(after));
    }
    text.add(" ORDER BY " + sorting.orderBy() + " LIMIT ?", query.maxResults() + 1L);
    if (token instanceof PageToken.Offset(var items) && items > 0) {
      text.add(" OFFSET ?", items);
    }
    var first = columns.split(",", -1).length + 1;
    var rows =
        text.query(handle)
            .map((row, context) -> Map.entry(mapper.map(row, context), sorting.at(row, first)))
            .list();
    var last = rows.size() > query.maxResults() ? rows.get(query.maxResults() - 1).getValue() : "";
    return SearchPage.of(
        rows.stream().map(Map.Entry::getKey).toList(), query.maxResults(), last.toString());
  }
}
