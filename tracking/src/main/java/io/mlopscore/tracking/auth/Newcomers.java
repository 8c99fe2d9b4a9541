package io.mlopscore.tracking.auth;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.util.List;
import java.util.stream.Collectors;

/// Writes those whom an identity provider vouches for into the tables of users, where permissions
/// are granted to them as to anybody.
public final class Newcomers {
  /// A hash that no password has, here and in MLflow.
  private static final String NO_PASSWORD = "!";

  private final Users users;

  public Newcomers(Users users) {
    this.users = users;
  }

  /// The account of somebody, made or changed to what the provider says of them.
  public Account welcome(Identity identity) {
    var name = identity.username();
    var account =
        users
            .account(name)
            .orElseGet(() -> new Account(create(identity), NO_PASSWORD, java.util.List.of()));
    if (account.passwordHash() != null && !account.passwordHash().equals(NO_PASSWORD)) {
      throw new TrackingException(
          ErrorCode.PERMISSION_DENIED,
          "'" + name + "' is a user with a password here; nobody else may take that name.");
    }
    var admin = identity.admin();
    if (admin != null && admin != account.user().admin()) {
      users.setAdmin(name, admin);
    }
    return users.account(withRoles(account.user(), identity).name()).orElse(account);
  }

  private User create(Identity identity) {
    try {
      return users.create(identity.username(), NO_PASSWORD, Boolean.TRUE.equals(identity.admin()));
    } catch (TrackingException e) {
      if (e.code() == ErrorCode.RESOURCE_ALREADY_EXISTS) {
        return users.user(identity.username()); // another request was first
      }
      throw e;
    }
  }

  /// A group gives the role of its name; who left the group loses it.
  private User withRoles(User user, Identity identity) {
    var groups = identity.groups();
    if (groups == null) {
      return user;
    }
    var had = users.roles().of(user.id()).stream().collect(Collectors.toMap(Role::name, Role::id));
    had.forEach(
        (name, id) -> {
          if (!groups.contains(name) && !Role.isOfOneUser(name)) {
            users.roles().unassign(user.id(), id);
          }
        });
    if (!had.keySet().containsAll(groups)) {
      users.roles().in(List.of(Role.WORKSPACE)).stream()
          .filter(role -> groups.contains(role.name()) && !had.containsKey(role.name()))
          .filter(role -> !Role.isOfOneUser(role.name()))
          .forEach(role -> users.roles().assign(user.id(), role.id()));
    }
    return user;
  }
}
