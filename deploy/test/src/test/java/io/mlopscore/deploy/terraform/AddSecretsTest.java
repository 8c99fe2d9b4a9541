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

/// `deploy/terraform/add-secrets`, with a `gcloud` that keeps secrets as files and a `curl` that
/// keeps what it would have sent.
@Tag("terraform")
class AddSecretsTest {
  @TempDir Path folder;

  @BeforeEach
  void fakeCommands() throws IOException {
    Files.createDirectory(folder.resolve("bin"));
    fake(
        "gcloud",
        """
        #!/bin/bash
        printf '%%s\\n' "$*" >> %1$s/arguments
        case "$*" in
          'auth print-access-token') echo the-token ;;
          *'versions list '*) [ ! -e %1$s/"$4" ] || echo 1 ;;
          *'versions add '*) cat > %1$s/"$4" ;;
          *'versions access '*) for a in "$@"; do case $a in --secret=*) cat %1$s/"${a#*=}" ;; esac; done ;;
        esac
        """);
    fake(
        "curl",
        """
        #!/bin/bash
        printf '%%s\\n' "$*" >> %1$s/arguments
        while [ "$1" != --config ]; do shift; done
        { cat "$2"; cat; } >> %1$s/sent
        case " $* " in *' POST '*) [ ! -e %1$s/exists ] || { cat %1$s/exists; exit 22; } ;; esac
        [ ! -e %1$s/refuse ]
        """);
  }

  private void fake(String command, String text) throws IOException {
    var file = folder.resolve("bin").resolve(command);
    Files.writeString(file, text.formatted(folder));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
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

  @Test
  void usersAreMadeAndWhoIsThereAlreadyGetsThePasswordOfTheSecret() throws Exception {
    run("first");
    assertThat(answering("the-admins", "users", "https://tracking.example.org/", "admin"))
        .contains("serving can log in at https://tracking.example.org\n", "trainer can log in at");
    assertThat(folder.resolve("arguments")).content().doesNotContain("update-password");

    Files.writeString(folder.resolve("exists"), "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\"}");
    assertThat(answering("the-admins", "users", "https://tracking.example.org/", "admin"))
        .contains("serving can log in at https://tracking.example.org\n", "trainer can log in at");
    var arguments = Files.readString(folder.resolve("arguments"));
    assertThat(arguments).containsPattern("PATCH .*/users/update-password");
    for (var user : List.of("serving", "trainer")) {
      var password = Files.readString(folder.resolve("mlops-" + user + "-password"));
      assertThat(folder.resolve("sent"))
          .content()
          .contains("{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password));
      assertThat(arguments).doesNotContain(password, "the-admins");
    }
  }

  @Test
  void aUserThatIsRefusedIsToldWithTheReason() throws Exception {
    run("first");
    Files.writeString(folder.resolve("exists"), "{\"error_code\": \"PERMISSION_DENIED\"}");
    assertThat(answering("wrong", "users", "https://tracking.example.org", "admin"))
        .contains("serving was not made: {\"error_code\": \"PERMISSION_DENIED\"}")
        .doesNotContain("can log in");
  }

  /// What has passwords in it lies where people work with git.
  @Test
  void gitKeepsNoFileOfPasswords() throws Exception {
    assertThat(Terraform.repository().resolve(".gitignore"))
        .content()
        .contains("\nmlops-*.env\n", "\ndeploy/alertmanager/secrets/\n");
  }

  @Test
  void aUserGetsANewPasswordHereAndAtTheTrackingServer() throws Exception {
    run("first");
    var before = Files.readString(folder.resolve("mlops-serving-password"));
    assertThat(answering("the-admins", "rotate", "serving", "https://tracking.example.org", "ada"))
        .contains("serving has a new password at https://tracking.example.org");

    var password = Files.readString(folder.resolve("mlops-serving-password"));
    assertThat(password).matches("[0-9a-f]{48}").isNotEqualTo(before);
    assertThat(folder.resolve("sent"))
        .hasContent(
            """
            user = "ada:the-admins"
            {"username": "serving", "password": "%s"}"""
                .formatted(password));
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("PATCH", "https://tracking.example.org/api/2.0/mlflow/users/update-password")
        .doesNotContain(password, "the-admins");
  }

  @Test
  void theDatabaseGetsANewPasswordInBothSecretsThatHoldIt() throws Exception {
    run("first");
    var before = password("mlops-tracking-database");
    var auth = Files.readString(folder.resolve("mlops-tracking-auth"));
    assertThat(run("rotate", "database", "mlops-dev"))
        .contains("mlops has a new password at mlops-dev");

    var password = password("mlops-tracking-database");
    assertThat(password).matches("[0-9a-f]{48}").isNotEqualTo(before);
    assertThat(folder.resolve("mlops-tracking-auth")).hasContent(auth.replace(before, password));
    assertThat(folder.resolve("sent")).content().contains("{\"password\": \"" + password + "\"}");
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("PUT", "/projects/acme-dev/instances/mlops-dev/users?name=mlops")
        .doesNotContain(password, "the-token");
  }

  @Test
  void whatWasRefusedIsMendedByTheSameCommandAgain() throws Exception {
    run("first");
    Files.createFile(folder.resolve("refuse"));
    assertThat(run("rotate", "database", "mlops-dev")).doesNotContain("has a new password at");
    Files.delete(folder.resolve("refuse"));
    run("rotate", "database", "mlops-dev");
    assertThat(folder.resolve("sent"))
        .content()
        .endsWith("{\"password\": \"" + password("mlops-tracking-auth") + "\"}");
  }

  private String password(String secret) throws IOException {
    return Files.readString(folder.resolve(secret)).replaceFirst("(?s).*://mlops:(.*)@.*", "$1");
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    return answering("", arguments);
  }

  private String answering(String answer, String... arguments)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Terraform.repository().resolve("deploy/terraform/add-secrets").toString(),
                "acme-dev"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, added) -> added + old);
    var process = builder.start();
    try (var input = process.outputWriter(UTF_8)) {
      input.write(answer + "\n");
    }
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
