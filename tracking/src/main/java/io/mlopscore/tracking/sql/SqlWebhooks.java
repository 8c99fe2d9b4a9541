package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.webhooks.Fernet;
import io.mlopscore.tracking.webhooks.Webhook;
import io.mlopscore.tracking.webhooks.WebhookEvent;
import io.mlopscore.tracking.webhooks.WebhookFields;
import io.mlopscore.tracking.webhooks.WebhookRules;
import io.mlopscore.tracking.webhooks.WebhookStatus;
import io.mlopscore.tracking.webhooks.Webhooks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The tables `webhooks` and `webhook_events`, which databases have since MLflow 3.3.
public final class SqlWebhooks implements Webhooks {
  private static final String COLUMNS =
      "SELECT w.webhook_id, w.name, w.description, w.url, w.status, w.creation_timestamp,"
          + " w.last_updated_timestamp FROM webhooks w WHERE w.deleted_timestamp IS NULL ";
  private static final String NEWEST = "ORDER BY w.creation_timestamp DESC, w.webhook_id ";

  private final Database database;
  private final WebhookRules rules;
  private final Fernet cipher;
  private final Clock clock;
  private final boolean present;

  public SqlWebhooks(Database database, WebhookRules rules, Fernet cipher, Clock clock) {
    this.database = database;
    this.rules = rules;
    this.cipher = cipher;
    this.clock = clock;
    present = database.read(SqlWebhooks::isPresent);
  }

  private static boolean isPresent(Handle handle) {
    try (var tables =
        handle.getConnection().getMetaData().getTables(null, null, "webhooks", null)) {
      return tables.next();
    } catch (SQLException e) {
      throw new TrackingException(
          ErrorCode.INTERNAL_ERROR,
          "The tables of the tracking database cannot be listed: " + e,
          e);
    }
  }

  private void requirePresent() {
    if (!present) {
      throw new TrackingException(
          ErrorCode.NOT_IMPLEMENTED,
          "This database has no table for webhooks: it is of an MLflow older than 3.3. Upgrade it"
              + " with `mlops server db upgrade`.");
    }
  }

  @Override
  public Webhook create(WebhookFields fields) {
    requirePresent();
    rules.checkNew(fields);
    var id = UUID.randomUUID().toString();
    var status = fields.status() == null ? WebhookStatus.ACTIVE : fields.status();
    return database.write(
        handle -> {
          var now = clock.millis();
          handle.execute(
              "INSERT INTO webhooks (webhook_id, name, description, url, status, secret,"
                  + " creation_timestamp, last_updated_timestamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              id,
              fields.name(),
              fields.description(),
              fields.url(),
              status.name(),
              encrypted(fields.secret()),
              now,
              now);
          events(handle, id, fields.events());
          return get(handle, id);
        });
  }

  private @Nullable String encrypted(@Nullable String secret) {
    return secret == null ? null : cipher.encrypt(secret);
  }

  private static void events(Handle handle, String id, List<WebhookEvent> events) {
    for (var event : events) {
      handle.execute(
          "INSERT INTO webhook_events (webhook_id, entity, action) VALUES (?, ?, ?)"
              + " ON CONFLICT DO NOTHING",
          id,
          event.entity().text(),
          event.action().text());
    }
  }

  @Override
  public Webhook get(String id) {
    requirePresent();
    return database.read(handle -> get(handle, id));
  }

  private static Webhook get(Handle handle, String id) {
    var found =
        read(handle, handle.select(COLUMNS + "AND w.webhook_id = ?", id).map(Row::of).list());
    if (found.isEmpty()) {
      throw new TrackingException(
          ErrorCode.RESOURCE_DOES_NOT_EXIST, "Webhook with ID " + id + " not found.");
    }
    return found.getFirst();
  }

  @Override
  public List<Webhook> list(int offset, int most) {
    requirePresent();
    return database.read(
        handle ->
            read(
                handle,
                handle
                    .select(COLUMNS + NEWEST + "LIMIT ? OFFSET ?", most, offset)
                    .map(Row::of)
                    .list()));
  }

  @Override
  public List<Webhook> toldOf(WebhookEvent event) {
    if (!present) {
      return List.of();
    }
    var told =
        "AND w.status = 'ACTIVE' AND EXISTS (SELECT 1 FROM webhook_events e"
            + " WHERE e.webhook_id = w.webhook_id AND e.entity = ? AND e.action = ?) ";
    return database.read(
        handle ->
            read(
                handle,
                handle
                    .select(COLUMNS + told + NEWEST, event.entity().text(), event.action().text())
                    .map(Row::of)
                    .list()));
  }

  @Override
  public Webhook update(String id, WebhookFields fields) {
    get(id);
    rules.checkChange(fields);
    return database.write(
        handle -> {
          get(handle, id);
          handle.execute(
              "UPDATE webhooks SET name = COALESCE(?, name), url = COALESCE(?, url),"
                  + " description = COALESCE(?, description), secret = COALESCE(?, secret),"
                  + " status = COALESCE(?, status), last_updated_timestamp = ?"
                  + " WHERE webhook_id = ?",
              fields.name(),
              fields.url(),
              fields.description(),
              encrypted(fields.secret()),
              fields.status() == null ? null : fields.status().name(),
              clock.millis(),
              id);
          if (!fields.events().isEmpty()) {
            handle.execute("DELETE FROM webhook_events WHERE webhook_id = ?", id);
            events(handle, id, fields.events());
          }
          return get(handle, id);
        });
  }

  @Override
  public void delete(String id) {
    requirePresent();
    database.change(
        handle -> {
          get(handle, id);
          var now = clock.millis();
          handle.execute(
              "UPDATE webhooks SET deleted_timestamp = ?, last_updated_timestamp = ?"
                  + " WHERE webhook_id = ?",
              now,
              now,
              id);
        });
  }

  @Override
  public Optional<String> secret(String id) {
    requirePresent();
    return database
        .read(
            handle ->
                handle
                    .select("SELECT COALESCE(secret, '') FROM webhooks WHERE webhook_id = ?", id)
                    .mapTo(String.class)
                    .findOne())
        .filter(secret -> !secret.isEmpty())
        .map(cipher::decrypt);
  }

  /// A webhook without its events.
  private record Row(Webhook webhook) {
    static Row of(ResultSet row, StatementContext context) throws SQLException {
      return new Row(
          new Webhook(
              row.getString("webhook_id"),
              row.getString("name"),
              Rows.orEmpty(row.getString("description")),
              row.getString("url"),
              WebhookStatus.valueOf(row.getString("status")),
              List.of(),
              row.getLong("creation_timestamp"),
              row.getLong("last_updated_timestamp")));
    }

    Webhook with(List<WebhookEvent> events) {
      return new Webhook(
          webhook.id(),
          webhook.name(),
          webhook.description(),
          webhook.url(),
          webhook.status(),
          events,
          webhook.creationTime(),
          webhook.lastUpdatedTime());
    }
  }

  private static List<Webhook> read(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    var events = eventsOf(handle, rows.stream().map(row -> row.webhook().id()).toList());
    return rows.stream()
        .map(row -> row.with(events.getOrDefault(row.webhook().id(), List.of())))
        .toList();
  }

  private static Map<String, List<WebhookEvent>> eventsOf(Handle handle, List<String> ids) {
    var events = new LinkedHashMap<String, List<WebhookEvent>>();
    handle
        .createQuery(
            "SELECT webhook_id, entity, action FROM webhook_events WHERE webhook_id IN (<ids>)"
                + " ORDER BY webhook_id, entity, action")
        .bindList("ids", ids)
        .map((row, _) -> Map.entry(row.getString(1), event(row)))
        .forEach(
            entry ->
                events
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
    return events;
  }

  private static WebhookEvent event(ResultSet row) throws SQLException {
    return WebhookEvent.of(row.getString(2), row.getString(3));
  }
}
