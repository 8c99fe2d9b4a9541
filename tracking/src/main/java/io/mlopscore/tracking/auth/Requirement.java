package io.mlopscore.tracking.auth;

import org.jspecify.annotations.Nullable;

/// What a call needs of one thing.
///
/// @param id of the thing, or [Grant#ALL] where grants are for all of its kind only
/// @param otherwise asked in its place where nothing is granted on the kind itself, such as the
///     experiment of a run
public record Requirement(
    ResourceType type, String id, Action action, @Nullable Requirement otherwise) {
  public static Requirement of(ResourceType type, String id, Action action) {
    return new Requirement(type, id, action, null);
  }

  public static Requirement experiment(String id, Action action) {
    return of(ResourceType.EXPERIMENT, id, action);
  }

  /// Of something that is kept in another: its own kind decides, else what holds it.
  public static Requirement within(Requirement holder, ResourceType type) {
    return new Requirement(type, Grant.ALL, holder.action, holder);
  }

  /// To be shown in a list.
  public static Requirement listed(ResourceType type, String id) {
    return new Requirement(
        type, id, Action.READ, of(ResourceType.WORKSPACE, Grant.ALL, Action.READ));
  }
}
