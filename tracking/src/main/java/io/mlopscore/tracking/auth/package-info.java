/// Who may do what: users, their permissions as MLflow's basic-auth app has them, tokens of
/// machines, sessions of browsers, and the audit log.
///
/// Start with [Caller], which every guarded request has, and [Grants], which decides. Nothing here
/// speaks HTTP or SQL.
@NullMarked
package io.mlopscore.tracking.auth;

import org.jspecify.annotations.NullMarked;
