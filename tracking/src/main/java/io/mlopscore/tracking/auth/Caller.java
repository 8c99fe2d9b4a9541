package io.mlopscore.tracking.auth;

import java.util.List;

/// Who makes a request, and what they may do.
///
/// @param how they came in: `password`, `token`, `session` or `oidc`
/// @param scope what a token is limited to; all else is [Scope#ADMIN]
public record Caller(User user, Grants grants, String how, Scope scope) {
  /// Takes the scope into account: without it, an admin is somebody who may do everything else.
  public static Caller of(Account account, Permission everybody, String how, Scope scope) {
    var grants =
        account.user().admin() ? Grants.ofAdmin() : new Grants(false, account.grants(), everybody);
    return new Caller(account.user(), grants, how, scope);
  }

  public boolean isAdmin() {
    return user.admin() && scope == Scope.ADMIN;
  }

  public boolean may(List<Requirement> requirements) {
    return grants.allow(requirements);
  }

  public boolean may(Requirement requirement) {
    return grants.allows(requirement);
  }
}
