package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `bin/find-jdk`: which JDK the launcher takes.
@DisabledOnOs(OS.WINDOWS)
class FindJdkTest {
  @TempDir Path folder;

  @Test
  void takesTheJdkOfJavaHome() throws Exception {
    var jdk = jdk("fine", "25.0.3");
    assertThat(find(jdk, "/nowhere")).isEqualTo(jdk + "\n");
  }

  @Test
  void takesALaterUpdate() throws Exception {
    var jdk = jdk("later", "25.0.11");
    assertThat(find(jdk, "/nowhere")).isEqualTo(jdk + "\n");
  }

  @Test
  void takesTheJdkOfThePathWhenJavaHomeIsOlder() throws Exception {
    var jdk = jdk("on-path", "25.0.3");
    var found = find(jdk("old", "17.0.15"), jdk.resolve("bin").toString());
    assertThat(found).isEqualTo(jdk + "\n");
  }

  @Test
  void followsALinkOnThePath() throws Exception {
    var jdk = jdk("linked", "25.0.3");
    var bin = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    assertThat(find(folder.resolve("absent"), bin.toString())).isEqualTo(jdk + "\n");
  }

  @Test
  void refusesTheUpdatesThatCorruptPinnedObjects() throws Exception {
    var found = find(jdk("early", "25.0.2"), "/nowhere");
    assertThat(found).doesNotContain("early");
  }

  private Path jdk(String name, String version) throws IOException {
    var home = Files.createDirectories(folder.resolve(name)).toRealPath();
    Files.createDirectories(home.resolve("bin"));
    var anyoneRuns =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(home.resolve("bin/java"), anyoneRuns);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static String find(Path javaHome, String path) throws Exception {
    var script = Path.of("src/dist/bin/find-jdk").toAbsolutePath();
    var builder = new ProcessBuilder("/bin/sh", script.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", path + ":/usr/bin:/bin");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
