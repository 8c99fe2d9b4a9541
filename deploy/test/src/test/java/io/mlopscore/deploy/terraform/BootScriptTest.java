package io.mlopscore.deploy.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script that brings a machine its secrets, as Terraform renders it, with a `curl` of ours.
@Tag("terraform")
class BootScriptTest {
  @TempDir static Path folder;
  private static String script = "";
  private static String unit = "";

  @BeforeAll
  static void render() throws Exception {
    try (var provider = SchemaProvider.start("/terraform/google-6.50.0.json")) {
      var terraform = Terraform.copyTo(folder.resolve("deploy"), provider.reattach());
      var module = terraform.root().resolve("modules/mig");
      terraform.run(module, "init", "-backend=false");
      var result = terraform.run(module, "test", "-json", "-verbose");
      for (var line : result.lines()) {
        var outputs = line.path("test_plan").path("output_changes");
        if (outputs.has("fetch_secrets") && script.isEmpty()) {
          script = after(outputs, "fetch_secrets");
          unit = after(outputs, "unit");
        }
      }
      assertThat(script).as(result.output()).isNotEmpty();
    }
    Files.writeString(Rendered.folder().resolve("fetch-secrets.sh"), script);
  }

  private static String after(JsonNode outputs, String name) {
    return outputs.get(name).get("after").asText();
  }

  @AfterAll
  static void forget() {
    script = "";
  }

  @Test
  void bringsKeysAndPasswordIntoFilesOfOneUser() throws Exception {
    var run = run(0);
    assertThat(run.exitCode()).as(run.output()).isZero();
    var secrets = run.root().resolve("secrets");
    assertThat(secrets.resolve("api-keys")).hasContent("secret-of-mlops-api-keys");
    assertThat(secrets.resolve("password")).hasContent("secret-of-mlops-serving-password");
    assertThat(permissions(secrets.resolve("api-keys"))).isEqualTo("r--------");
    assertThat(permissions(secrets.resolve("password"))).isEqualTo("r--------");
    assertThat(permissions(run.root())).as("nobody but root gets there").isEqualTo("rwx------");
  }

  @Test
  void theTokenIsInNoArgumentAndNoSecretIsPrinted() throws Exception {
    var run = run(0);
    assertThat(run.root().resolve("arguments")).content().doesNotContain("the-token");
    assertThat(run.output()).doesNotContain("secret-of", "the-token");
  }

  @Test
  void aSecretThatCannotBeHadIsAFailure() throws Exception {
    var run = run(22);
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.root().resolve("secrets")).isEmptyDirectory();
  }

  @Test
  void theUnitFailsWithItsScript() {
    assertThat(unit).contains("ExecStartPre=/bin/bash /etc/mlops/fetch-secrets\n");
  }

  private record Run(Path root, int exitCode, String output) {}

  /// @param refusal what curl ends with when it is asked for a secret
  private static Run run(int refusal) throws IOException, InterruptedException {
    var root = Files.createTempDirectory(folder, "machine");
    var bin = Files.createDirectory(root.resolve("bin"));
    executable(
        bin.resolve("curl"),
        """
        #!/bin/bash
        printf '%%s\\n' "$*" >> %1$s/arguments
        for last in "$@"; do :; done
        case $last in
          http://metadata*) echo '{"access_token": "the-token", "expires_in": 3599}' ;;
          *) grep -q 'Bearer the-token' || exit 3
             name=${last#*/secrets/}; name=${name%%%%/*}
             [ %2$d -eq 0 ] || exit %2$d
             printf '{"payload": {\\n "data": "%%s"\\n}}\\n' "$(printf 'secret-of-%%s' "$name" | base64 -w 0)" ;;
        esac
        """
            .formatted(root, refusal));
    executable(bin.resolve("chown"), "#!/bin/sh\n");
    var rendered = root.resolve("fetch-secrets");
    Files.writeString(rendered, script.replace("/run/mlops", root.toString()));
    var builder = new ProcessBuilder("bash", rendered.toString()).redirectErrorStream(true);
    builder.environment().merge("PATH", bin + ":", (old, added) -> added + old);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(root, process.waitFor(), output);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
