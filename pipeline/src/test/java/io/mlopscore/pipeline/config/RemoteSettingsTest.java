package io.mlopscore.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteSettingsTest {
  @TempDir private Path folder;
  private ConfigFiles files;
  private RemoteSettings remotes;

  @BeforeEach
  void open() throws IOException {
    var dvc = Files.createDirectories(folder.resolve("repo/.dvc"));
    files = ConfigFiles.of(Optional.of(dvc), Map.of("HOME", folder.toString()));
    remotes = new RemoteSettings(files, ConfigLevel.PROJECT, folder.resolve("repo"));
  }

  private String text(String name) throws IOException {
    var file = folder.resolve("repo/.dvc").resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void remoteIsWrittenRelativeToTheFile() throws IOException {
    remotes.add("Near", "../x", false, true);
    assertThat(text("config"))
        .isEqualTo("[core]\n    remote = near\n['remote \"near\"']\n    url = ../../x\n");
    assertThatThrownBy(() -> remotes.add("near", "/y", false, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void laterFilesFollowARemovedOrRenamedRemote() throws IOException {
    remotes.add("a", "/x", false, true);
    new RemoteSettings(files, ConfigLevel.LOCAL, folder).set("a", "jobs", "3");
    new RemoteSettings(files, ConfigLevel.LOCAL, folder).makeDefault("a");
    remotes.rename("a", "b");
    assertThat(text("config.local"))
        .isEqualTo("[core]\n    remote = b\n['remote \"b\"']\n    jobs = 3\n");
    remotes.remove("b");
    assertThat(text("config") + text("config.local")).isEmpty();
  }

  @Test
  void wrongOptionChangesNothing() throws IOException {
    remotes.add("a", "/x", false, false);
    var before = text("config");
    assertThatThrownBy(() -> remotes.set("a", "region", "eu")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> remotes.set("b", "jobs", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("remote 'b' doesn't exist");
    assertThat(text("config")).isEqualTo(before);
  }
}
