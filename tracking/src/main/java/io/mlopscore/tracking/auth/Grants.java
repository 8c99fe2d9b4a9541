package io.mlopscore.tracking.auth;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides what somebody may do, as MLflow does.
///
/// Of the grants at one place a veto wins, else the strongest; the nearest place with any grant
/// decides, and where there is none, what everybody may do.
///
/// @param everybody the permission of those without a grant
public record Grants(boolean admin, List<Grant> grants, Permission everybody) {
  public Grants {
    grants = List.copyOf(grants);
  }

  public static Grants ofAdmin() {
    return new Grants(true, List.of(), Permission.MANAGE);
  }

  public boolean allow(List<Requirement> requirements) {
    return requirements.stream().allMatch(this::allows);
  }

  public boolean allows(Requirement requirement) {
    if (isUnrestricted()) {
      return true;
    }
    for (var place = requirement; ; place = place.otherwise()) {
      var granted = at(place.type(), place.id());
      if (granted.isPresent()) {
        return granted.get().atLeast(everybody).allows(place.action());
      }
      if (place.otherwise() == null) {
        return everybody.allows(place.action());
      }
    }
  }

  /// Admins, and those who manage everything, cannot be restricted.
  public boolean isUnrestricted() {
    return admin || managesAll();
  }

  public boolean managesAll() {
    return at(ResourceType.WORKSPACE, Grant.ALL).filter(Permission.MANAGE::equals).isPresent();
  }

  /// What somebody may do with a thing, all grants considered.
  public Permission on(ResourceType type, String id) {
    if (managesAll()) {
      return Permission.MANAGE;
    }
    return at(type, id).map(granted -> granted.atLeast(everybody)).orElse(everybody);
  }

  private Optional<Permission> at(ResourceType type, String id) {
    Permission best = null;
    for (var grant : grants) {
      if (grant.covers(type, id)) {
        if (grant.permission() == Permission.DENY) {
          return Optional.of(Permission.DENY);
        }
        best = best == null ? grant.permission() : best.or(grant.permission());
      }
    }
    return Optional.ofNullable(best);
  }

  /// Which things of a kind a list shows.
  public Shown shown(ResourceType type) {
    var others = allows(Requirement.listed(type, ""));
    var exceptions = new LinkedHashSet<String>();
    for (var grant : grants) {
      if (grant.type() == type
          && !grant.pattern().equals(Grant.ALL)
          && allows(Requirement.listed(type, grant.pattern())) != others) {
        exceptions.add(grant.pattern());
      }
    }
    return new Shown(others, exceptions);
  }

  /// All things but some, or only some.
  ///
  /// @param others whether those are shown that are no exceptions
  public record Shown(boolean others, Set<String> exceptions) {
    public Shown {
      exceptions = Set.copyOf(exceptions);
    }

    public boolean contains(String id) {
      return others != exceptions.contains(id);
    }

    public boolean isEverything() {
      return others && exceptions.isEmpty();
    }

    public boolean isNothing() {
      return !others && exceptions.isEmpty();
    }
  }
}
