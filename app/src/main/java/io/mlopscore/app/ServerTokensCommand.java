package io.mlopscore.app;

import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.auth.Scope;
import io.mlopscore.tracking.auth.Token;
import io.mlopscore.tracking.auth.TokenSecret;
import io.mlopscore.tracking.sql.SqlUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mlops server tokens`: what machines show instead of a password.
@Command(
    name = "tokens",
    description = {
      "Tokens of machines, for MLFLOW_TRACKING_TOKEN.",
      "Each acts for a user of the database that MLFLOW_AUTH_CONFIG_PATH names, and may do no more "
          + "than that user."
    },
    mixinStandardHelpOptions = true)
final class ServerTokensCommand {
  private interface Work {
    int run(SqlUsers users, CommandAudit audit) throws IOException;
  }

  private static int with(Work work) throws IOException {
    var settings = AuthSettings.read(Path.of(""), Map.of(), System.getenv());
    try (var users = SqlUsers.open(settings.database())) {
      return work.run(users, CommandAudit.beside(settings.database()));
    } catch (TrackingException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Command(
      name = "create",
      description = "Makes a token and prints it, this once.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(names = "--user", required = true, description = "For whom it acts.") String user,
      @Option(names = "--name", description = "What it is for.") @Nullable String name,
      @Option(
              names = "--scope",
              defaultValue = "write",
              description = "read, write, or admin (write).")
          String scope,
      @Option(
              names = "--expires",
              converter = Age.class,
              description = "After this long, such as 90d (never).")
          @Nullable Duration expires,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws IOException {
    var wanted = scope(scope);
    return with(
        (users, audit) -> {
          var secret = TokenSecret.random();
          var now = System.currentTimeMillis();
          var until = expires == null ? null : Long.valueOf(now + expires.toMillis());
          var owner = users.user(user).name();
          var token = new Token(id(), owner, name == null ? "" : name, wanted, now, until);
          audit.tell(
              "tokens create",
              Map.of("token", token.id(), "username", owner, "scope", scope),
              () -> {
                users.tokens().add(token, secret.hash());
                return token;
              });
          System.out.println(
              json
                  ? TrackingOptions.json(Map.of("id", token.id(), "token", secret.text()))
                  : secret.text());
          return 0;
        });
  }

  private static Scope scope(String word) throws IOException {
    try {
      return Scope.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IOException("--scope '" + word + "' must be read, write or admin", e);
    }
  }

  private static String id() {
    var bytes = new byte[4];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Command(name = "list", description = "Lists tokens.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) throws IOException {
    return with(
        (users, _) -> {
          var tokens = users.tokens().all();
          if (json) {
            System.out.println(TrackingOptions.json(tokens));
            return 0;
          }
          var table = new TextTable("ID", "USER", "NAME", "SCOPE", "CREATED", "EXPIRES");
          for (var token : tokens) {
            var expires = token.expires();
            table.row(
                token.id(),
                token.username(),
                token.name(),
                token.scope().name().toLowerCase(Locale.ROOT),
                TrackingOptions.time(token.created()),
                expires == null ? "never" : TrackingOptions.time(expires));
          }
          System.out.print(table);
          return 0;
        });
  }

  @Command(
      name = "revoke",
      description = "Makes a token useless, at once.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws IOException {
    return with(
        (users, audit) -> {
          var known =
              audit.tell("tokens revoke", Map.of("token", id), () -> users.tokens().revoke(id));
          if (!known) {
            throw new IOException("there is no token " + id);
          }
          System.out.println(json ? TrackingOptions.json(Map.of("revoked", id)) : "revoked " + id);
          return 0;
        });
  }
}
