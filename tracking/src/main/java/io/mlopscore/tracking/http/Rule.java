package io.mlopscore.tracking.http;

import io.mlopscore.tracking.auth.Caller;
import io.mlopscore.tracking.auth.Scope;

/// Who may make a call.
///
/// @param scope that a token needs for it
record Rule(Scope scope, Condition condition) {
  interface Condition {
    boolean allows(Caller caller, Call call);
  }

  static Rule reading(Condition condition) {
    return new Rule(Scope.READ, condition);
  }

  static Rule writing(Condition condition) {
    return new Rule(Scope.WRITE, condition);
  }

  static Rule administering() {
    return new Rule(Scope.ADMIN, (caller, _) -> caller.isAdmin());
  }

  boolean writes() {
    return scope != Scope.READ;
  }

  boolean allows(Caller caller, Call call) {
    return caller.scope().covers(scope) && condition.allows(caller, call);
  }
}
