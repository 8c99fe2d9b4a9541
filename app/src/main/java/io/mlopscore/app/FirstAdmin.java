package io.mlopscore.app;

import io.mlopscore.tracking.auth.Account;
import io.mlopscore.tracking.auth.PasswordHash;
import io.mlopscore.tracking.auth.Passwords;
import io.mlopscore.tracking.auth.Users;
import java.io.IOException;

/// Makes the first admin of a new database of users, and replaces the password that older MLflow
/// shipped, as MLflow 3.17 does.
record FirstAdmin(AuthSettings settings, Users users) {
  private static final int SHORTEST = 12;

  void ensure() throws IOException {
    var password = settings.adminPassword() == null ? "" : settings.adminPassword();
    var account = users.account(settings.adminName());
    if (account.isEmpty()) {
      if (settings.oidc() == null || !password.isEmpty()) {
        check(password);
        users.create(settings.adminName(), PasswordHash.of(password), true);
      }
    } else if (!password.isEmpty()
        && !password.equals(Passwords.KNOWN_TO_EVERYBODY)
        && hasKnownPassword(account.get())) {
      check(password);
      users.setPassword(settings.adminName(), PasswordHash.of(password));
    }
  }

  private static boolean hasKnownPassword(Account account) {
    var hash = account.passwordHash();
    return hash != null && PasswordHash.matches(Passwords.KNOWN_TO_EVERYBODY, hash);
  }

  private void check(String password) throws IOException {
    if (password.isEmpty()) {
      throw new IOException(
          "the first admin '"
              + settings.adminName()
              + "' needs a password: set MLFLOW_AUTH_ADMIN_PASSWORD, or admin_password in the file"
              + " that MLFLOW_AUTH_CONFIG_PATH names");
    }
    if (password.equals(Passwords.KNOWN_TO_EVERYBODY)) {
      throw new IOException(
          "admin_password is the one that older MLflow shipped, which everybody knows; choose"
              + " another (MLFLOW_AUTH_ADMIN_PASSWORD)");
    }
    if (password.length() < SHORTEST) {
      throw new IOException(
          "the password of the admin '"
              + settings.adminName()
              + "' must have at least 12 characters (MLFLOW_AUTH_ADMIN_PASSWORD)");
    }
  }
}
