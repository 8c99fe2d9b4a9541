package io.mlopscore.tracking;

import io.mlopscore.tracking.sql.Database;
import io.mlopscore.tracking.sql.DatabaseUri;
import io.mlopscore.tracking.sql.SqlWebhooks;
import io.mlopscore.tracking.webhooks.Fernet;
import io.mlopscore.tracking.webhooks.WebhookAddresses;
import io.mlopscore.tracking.webhooks.WebhookRules;
import io.mlopscore.tracking.webhooks.WebhookSettings;
import io.mlopscore.tracking.webhooks.Webhooks;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks in both databases.
@NullUnmarked
final class SqlWebhooksTest {
  @TempDir Path folder;

  private abstract static class Databases implements WebhookContract {
    private Database database;
    private Webhooks webhooks;

    abstract String uri() throws Exception;

    abstract Path folder();

    @BeforeEach
    void open() throws Exception {
      var clock = Clock.systemUTC();
      var settings = WebhookSettings.read(Map.of("MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS", "true"));
      database = Database.open(DatabaseUri.read(uri(), folder(), Map.of()), Tracking.ARTIFACT_ROOT);
      webhooks =
          new SqlWebhooks(
              database,
              new WebhookRules(new WebhookAddresses(settings)),
              Fernet.withFreshKey(new SecureRandom(), clock),
              clock);
    }

    @AfterEach
    void close() {
      if (database != null) {
        database.close();
      }
    }

    @Override
    public Webhooks webhooks() {
      return webhooks;
    }
  }

  @Nested
  final class Sqlite extends Databases {
    @Override
    String uri() {
      return Tracking.DEFAULT_URI;
    }

    @Override
    Path folder() {
      return folder;
    }
  }

  @Nested
  final class Postgres extends Databases {
    @Override
    String uri() throws Exception {
      return PostgresServer.freshDatabase();
    }

    @Override
    Path folder() {
      return folder;
    }
  }
}
