package io.mlopscore.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.auth.PasswordHash;
import io.mlopscore.tracking.auth.Permission;
import io.mlopscore.tracking.http.RestClient;
import io.mlopscore.tracking.http.RestTrackingStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path folder;

  private static String read(Map<String, String> env) {
    return Secret.find("KEY", env).orElseThrow().text();
  }

  @Test
  void secretIsTheVariableOrTheContentOfTheFileWithoutItsLineEnd() throws Exception {
    var file = Files.writeString(folder.resolve("key"), " of the file \r\n");
    assertThat(read(Map.of("KEY", "given"))).isEqualTo("given");
    assertThat(read(Map.of("KEY_FILE", file.toString()))).isEqualTo(" of the file ");
    assertThat(Secret.find("KEY", Map.of("KEY", "", "KEY_FILE", ""))).isEmpty();
  }

  @Test
  void fileIsReadAgainWheneverTheSecretIsNeeded() throws Exception {
    var file = Files.writeString(folder.resolve("key"), "first");
    var secret = Secret.find("KEY", Map.of("KEY_FILE", file.toString())).orElseThrow();
    assertThat(secret.text()).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(secret.text()).isEqualTo("second");
  }

  @Test
  void bothAreRefusedWithoutShowingEither() throws Exception {
    var file = Files.writeString(folder.resolve("key"), "of the file");
    assertThatThrownBy(() -> read(Map.of("KEY", "given", "KEY_FILE", file.toString())))
        .isInstanceOf(TrackingException.class)
        .hasMessage("KEY and KEY_FILE are both set; keep the file, unset KEY");
  }

  @Test
  void fileThatIsNotThereOrEmptyIsSaidAtTheStart() throws Exception {
    var empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> Secret.find("KEY", Map.of("KEY_FILE", empty.toString())))
        .hasMessageContaining("KEY_FILE: the file " + empty + " is empty");
    assertThatThrownBy(() -> Secret.find("KEY", Map.of("KEY_FILE", folder + "/none")))
        .hasMessageContaining("KEY_FILE: the file " + folder + "/none cannot be read");
  }

  @Test
  void clientOfAServerTakesAnotherPasswordBetweenTwoRequests() throws Exception {
    var file = Files.writeString(folder.resolve("password"), GuardedServer.password("ada"));
    var env =
        Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD_FILE", file.toString());
    try (var server = new GuardedServer(folder, Permission.READ);
        var client = new RestClient(server.address(), env)) {
      var store = new RestTrackingStore(client);
      assertThat(store.experimentByName("Default")).isPresent();
      server.users.setPassword("ada", PasswordHash.of("another one, and longer"));
      assertThatThrownBy(() -> store.experimentByName("Default"))
          .isInstanceOf(TrackingException.class);
      Files.writeString(file, "another one, and longer\n");
      assertThat(store.experimentByName("Default")).isPresent();
    }
  }
}
