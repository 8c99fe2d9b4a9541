package io.mlopscore.deploy.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `deploy/terraform/add-secrets` with a `gcloud` that keeps secrets as files.
@Tag("terraform")
class AddSecretsTest {
  @TempDir Path folder;

  @BeforeEach
  void fakeGcloud() throws IOException {
    var gcloud = Files.createDirectory(folder.resolve("bin")).resolve("gcloud");
    Files.writeString(
        gcloud,
        """
        #!/bin/bash
        printf '%%s\\n' "$*" >> %1$s/arguments
        case "$*" in
          *'versions list '*) [ ! -e %1$s/"$4" ] || echo 1 ;;
          *'versions add '*) cat > %1$s/"$4" ;;
          *'versions access '*) for a in "$@"; do case $a in --secret=*) cat %1$s/"${a#*=}" ;; esac; done ;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(gcloud, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void everySecretGetsAValueAndNoneIsAnArgument() throws Exception {
    assertThat(run("first")).contains("mlops-tracking-auth has a new version");

    var people = Files.readString(folder.resolve("mlops-acme-dev.env"));
    var password = people.lines().findFirst().orElseThrow().split("=", 2)[1];
    assertThat(folder.resolve("mlops-tracking-database"))
        .hasContent("postgresql://mlops:" + password + "@database.mlops.internal:5432/mlflow");
    assertThat(folder.resolve("mlops-tracking-auth"))
        .content()
        .contains("database_uri = postgresql://mlops:" + password + "@", "admin_password = ");
    assertThat(folder.resolve("mlops-api-keys")).content().matches("first [0-9a-f]{64}\n");
    assertThat(folder.resolve("arguments")).content().doesNotContain(password);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("mlops-acme-dev.env"))))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    run("first");
    Files.delete(folder.resolve("mlops-acme-dev.env"));
    assertThat(run("first")).contains("mlops-api-keys has a value already");
    assertThat(folder.resolve("mlops-acme-dev.env")).doesNotExist();
  }

  @Test
  void aKeyComesAndGoes() throws Exception {
    run("first");
    var key = run("key", "team-a").lines().toList().getLast();
    assertThat(key).matches("[0-9a-f]{64}");
    assertThat(folder.resolve("mlops-api-keys"))
        .content()
        .matches("first [0-9a-f]{64}\nteam-a [0-9a-f]{64}\n")
        .doesNotContain(key);
    assertThat(run("key", "team-a")).contains("there is a key 'team-a' already");

    run("revoke", "first");
    assertThat(folder.resolve("mlops-api-keys")).content().matches("team-a [0-9a-f]{64}\n");
    assertThat(run("revoke", "team-a")).contains("'team-a' is the only key");
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Terraform.repository().resolve("deploy/terraform/add-secrets").toString(),
                "acme-dev"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, added) -> added + old);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
