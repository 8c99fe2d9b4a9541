package io.mlopscore.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With which settings the service starts, and with which it must not.
class StartRulesTest {
  private static final String[] PRODUCTION = {
    "ENVIRONMENT", "production", "API_KEY", Api.KEY, "CORS_ORIGINS", "https://a.example"
  };

  @Test
  void a18InDevelopmentOnThisMachineNoKeyIsNeededAndThatIsSaidOnce() {
    var api = Api.start("API_KEY", "");
    assertThat(api.post("/predict", Api.OK).statusCode()).isEqualTo(200);
    assertThat(api.post("/predict", Api.OK).statusCode()).isEqualTo(200);
    api.close();

    assertThat(api.log()).containsOnlyOnce("NO API KEY IS SET");
  }

  @Test
  void withoutAKeyOnlyThisMachineMayBeServed() {
    assertRefused("API_KEY", "MLOPS_API_HOST", "0.0.0.0");
    assertThat(read("MLOPS_API_HOST", "0.0.0.0", "API_KEY", "short").host()).isEqualTo("0.0.0.0");
  }

  @Test
  void a32ProductionRefusesAllOrUnsetOrigins() {
    assertRefused("CORS_ORIGINS", "ENVIRONMENT", "production", "API_KEY", Api.KEY);
    assertRefused(
        "CORS_ORIGINS",
        "ENVIRONMENT",
        "production",
        "API_KEY",
        Api.KEY,
        "CORS_ORIGINS",
        "https://a.example,*");
  }

  @Test
  void a33ProductionRefusesAnEmptyListOfOrigins() {
    assertRefused(
        "CORS_ORIGINS", "ENVIRONMENT", "production", "API_KEY", Api.KEY, "CORS_ORIGINS", " , ");
  }

  @Test
  void a34ProductionAndStagingNeedALongKey() {
    var origins = "https://a.example";
    assertRefused("API_KEY", "ENVIRONMENT", "production", "CORS_ORIGINS", origins);
    assertRefused(
        "API_KEY", "ENVIRONMENT", "Production", "CORS_ORIGINS", origins, "API_KEY", "x".repeat(31));
    assertRefused("API_KEY", "ENVIRONMENT", "staging");
    assertRefused("API_KEY", "ENVIRONMENT", "staging", "API_KEY", Api.KEY + ",short");
  }

  @Test
  void a35ProductionWithEverythingAsksForTheKey() {
    try (var api = Api.start(PRODUCTION)) {
      assertThat(api.post("/predict", Api.OK).statusCode()).isEqualTo(401);
      assertThat(api.predict(Api.OK).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anUnknownEnvironmentIsRefused() {
    assertRefused("ENVIRONMENT", "ENVIRONMENT", "prod");
    assertRefused("ENVIRONMENT", "ENVIRONMENT", "");
  }

  @Test
  void severalKeysAreValidAtATime(@TempDir Path folder) throws IOException {
    var file = folder.resolve("keys");
    Files.writeString(
        file, "# callers\nmobile " + HexFormat.of().formatHex(ApiKey.digest("third")) + "\n");
    try (var api = Api.start("API_KEY", "first, second", "API_KEYS_FILE", file.toString())) {
      for (var key : new String[] {"first", "second", "third"}) {
        assertThat(api.post("/predict", Api.OK, "X-API-Key", key).statusCode()).isEqualTo(200);
      }
      assertThat(api.post("/predict", Api.OK, "X-API-Key", "first, second").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void aFileWithoutKeysDoesNotOpenTheDoor(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("keys"), "# none yet\n");
    for (var key : new String[] {"", Api.KEY}) {
      assertThatThrownBy(() -> Api.start("API_KEY", key, "API_KEYS_FILE", file.toString()).close())
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("has no key");
    }
  }

  @Test
  void aTakenPortIsNamedWithItsSetting() {
    try (var api = Api.start()) {
      var port = Integer.toString(api.server.port());

      assertThatThrownBy(() -> Api.start(Flowers.empty(), "MLOPS_API_PORT", port).close())
          .isInstanceOf(SettingException.class)
          .hasMessageContaining(port)
          .hasMessageContaining("MLOPS_API_PORT");
    }
  }

  @Test
  void aFlagWinsOverTheEnvironmentThatOverTheFileThatOverTheDefault() {
    var yaml = Map.of("serving", Map.of("port", 7000, "limits", Map.of("predict", "5/second")));

    assertThat(port(Map.of("port", "9000"), Map.of("MLOPS_API_PORT", "8001"), yaml))
        .isEqualTo(9000);
    assertThat(port(Map.of(), Map.of("MLOPS_API_PORT", "8001"), yaml)).isEqualTo(8001);
    assertThat(port(Map.of(), Map.of(), yaml)).isEqualTo(7000);
    assertThat(port(Map.of(), Map.of(), Map.of())).isEqualTo(8000);
    assertThat(ServingSettings.read(Map.of(), Map.of(), yaml).predictLimit().orElseThrow())
        .hasToString("5 per 1 second");
  }

  @Test
  void aWrongValueIsNamedWithItsSetting() {
    assertRefused("MLOPS_API_PORT", "MLOPS_API_PORT", "eighty");
    assertRefused("MLOPS_API_PORT", "MLOPS_API_PORT", "70000");
    assertRefused("MLOPS_LIMIT_PREDICT", "MLOPS_LIMIT_PREDICT", "0/minute");
    assertRefused("MLOPS_LIMIT_PREDICT", "MLOPS_LIMIT_PREDICT", "many");
    assertRefused("TRUSTED_PROXIES", "TRUSTED_PROXIES", "proxy.example");
    assertRefused("TRUSTED_PROXIES", "TRUSTED_PROXIES", "10.0.0.0/33");
    assertRefused("LOG_LEVEL", "LOG_LEVEL", "LOUD");
    assertRefused("API_KEYS_FILE", "API_KEYS_FILE", "/does/not/exist");
  }

  private static int port(Map<String, String> flags, Map<String, String> env, Map<String, ?> yaml) {
    return ServingSettings.read(flags, env, yaml).port();
  }

  private static void assertRefused(String setting, String... env) {
    assertThatThrownBy(() -> read(env))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(setting + ": ");
  }

  private static ServingSettings read(String... env) {
    var map = new HashMap<String, String>();
    for (int i = 0; i < env.length; i += 2) {
      map.put(env[i], env[i + 1]);
    }
    return ServingSettings.read(Map.of(), map, Map.of());
  }
}
