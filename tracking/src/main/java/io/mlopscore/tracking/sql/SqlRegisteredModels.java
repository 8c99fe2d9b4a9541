package io.mlopscore.tracking.sql;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.Prompts;
import io.mlopscore.tracking.RegisteredModel;
import io.mlopscore.tracking.RegistryNames;
import io.mlopscore.tracking.TrackingException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `registered_models`, and what hangs on it when a model is renamed or deleted.
///
/// Of all writes, only those below touch the time of the last update; tags and aliases do not, as
/// in MLflow.
final class SqlRegisteredModels {
  private final Clock clock;

  SqlRegisteredModels(Clock clock) {
    this.clock = clock;
  }

  RegisteredModel create(Handle handle, String name, Map<String, String> tags, String description) {
    RegistryNames.model(name);
    tags.forEach(RegistryNames::tag);
    var now = clock.millis();
    var made =
        handle.execute(
            "INSERT INTO registered_models (name, description, creation_time, last_updated_time)"
                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            name,
            description,
            now,
            now);
    if (made == 0) {
      throw Prompts.taken(name, get(handle, name).tags(), tags);
    }
    tags.forEach((key, value) -> SqlRegistryTags.set(handle, name, key, value));
    return get(handle, name);
  }

  RegisteredModel describe(Handle handle, String name, String description) {
    lock(handle, name);
    handle.execute(
        "UPDATE registered_models SET description = ?, last_updated_time = ? WHERE "
            + Workspace.of(handle)
            + "name = ?",
        description,
        clock.millis(),
        name);
    return get(handle, name);
  }

  /// The new name reaches versions, tags and aliases by `ON UPDATE CASCADE`.
  RegisteredModel rename(Handle handle, String name, String newName) {
    RegistryNames.newModel(newName);
    lock(handle, name);
    if (!newName.equals(name) && exists(handle, newName)) {
      throw new TrackingException(
          ErrorCode.RESOURCE_ALREADY_EXISTS,
          "Registered Model (name=" + newName + ") already exists.");
    }
    var now = clock.millis();
    handle.execute(
        "UPDATE registered_models SET name = ?, last_updated_time = ? WHERE "
            + Workspace.of(handle)
            + "name = ?",
        newName,
        now,
        name);
    handle.execute(
        "UPDATE model_versions SET last_updated_time = ? WHERE "
            + Workspace.of(handle)
            + "name = ?",
        now,
        newName);
    return get(handle, newName);
  }

  void delete(Handle handle, String name) {
    lock(handle, name);
    for (var table :
        List.of(
            "model_version_tags",
            "model_versions",
            "registered_model_tags",
            "registered_model_aliases",
            "registered_models")) {
      handle.execute("DELETE FROM " + table + " WHERE " + Workspace.of(handle) + "name = ?", name);
    }
  }

  /// Says that something of the model changed now, and keeps other writers away from it until the
  /// transaction ends.
  ///
  /// @throws TrackingException if there is no such model
  void touch(Handle handle, String name) {
    RegistryNames.model(name);
    var found =
        handle.execute(
            "UPDATE registered_models SET last_updated_time = ? WHERE "
                + Workspace.of(handle)
                + "name = ?",
            clock.millis(),
            name);
    if (found == 0) {
      throw absent(name);
    }
  }

  /// Keeps other writers away from the model, without a trace.
  private static void lock(Handle handle, String name) {
    RegistryNames.model(name);
    var found =
        handle.execute(
            "UPDATE registered_models SET last_updated_time = last_updated_time WHERE "
                + Workspace.of(handle)
                + "name = ?",
            name);
    if (found == 0) {
      throw absent(name);
    }
  }

  /// @throws TrackingException if there is no such model
  static void require(Handle handle, String name) {
    RegistryNames.model(name);
    if (!exists(handle, name)) {
      throw absent(name);
    }
  }

  private static boolean exists(Handle handle, String name) {
    return handle
        .select("SELECT 1 FROM registered_models WHERE " + Workspace.of(handle) + "name = ?", name)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static RegisteredModel get(Handle handle, String name) {
    return find(handle, name).orElseThrow(() -> absent(name));
  }

  static Optional<RegisteredModel> find(Handle handle, String name) {
    RegistryNames.model(name);
    return RegisteredModelReader.read(
            handle,
            handle.select(
                RegisteredModelReader.SELECT
                    + " WHERE "
                    + Workspace.of(handle, "m.")
                    + "m.name = ?",
                name))
        .stream()
        .findFirst();
  }

  private static TrackingException absent(String name) {
    return new TrackingException(
        ErrorCode.RESOURCE_DOES_NOT_EXIST, "Registered Model with name=" + name + " not found");
  }
}
