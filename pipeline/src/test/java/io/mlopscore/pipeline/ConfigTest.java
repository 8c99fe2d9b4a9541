package io.mlopscore.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings come from four files, are checked, and become typed.
final class ConfigTest {
  @TempDir private Path folder;
  private Path dvc;

  @BeforeEach
  void makeDirectories() throws IOException {
    dvc = folder.resolve("repo/.dvc");
    for (var name : new String[] {"repo/.dvc", "system", "global"}) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  private Config read() throws IOException {
    return Config.of(
        dvc,
        Map.of(
            "HOME", folder.resolve("home").toString(),
            "DVC_SYSTEM_CONFIG_DIR", folder.resolve("system").toString(),
            "DVC_GLOBAL_CONFIG_DIR", folder.resolve("global").toString()));
  }

  private Config read(String text) throws IOException {
    Files.writeString(dvc.resolve("config"), text);
    return read();
  }

  @Test
  void withoutFilesEverythingIsAsDvcHasIt() throws IOException {
    var config = read();
    assertThat(config.core().remote()).isEmpty();
    assertThat(config.core().autostage()).isFalse();
    assertThat(config.useGit()).isTrue();
    assertThat(config.cache().directory()).isEqualTo(dvc.resolve("cache"));
    assertThat(config.cache().types()).containsExactly(LinkType.REFLINK, LinkType.COPY);
    assertThat(config.cache().shared()).isFalse();
    assertThat(config.parsing()).isEqualTo(new Config.Parsing(false, false));
    assertThat(config.exp()).isEqualTo(new Config.Exp(false, "origin"));
    assertThat(config.hydra().directory()).isEqualTo("conf");
  }

  @Test
  void laterFilesWinOptionByOption() throws IOException {
    Files.writeString(folder.resolve("system/config"), "[core]\nremote = s\nautostage = true\n");
    Files.writeString(folder.resolve("global/config"), "[core]\nremote = g\n[cache]\ndir = ~/c\n");
    Files.writeString(dvc.resolve("config.local"), "['remote \"r\"']\nuser = me\n");
    var config = read("[core]\nremote = R\n['remote \"r\"']\nurl = ssh://host/x\n");
    assertThat(config.defaultRemote()).contains("r");
    assertThat(config.core().autostage()).isTrue();
    assertThat(config.cacheDirectory()).isEqualTo(folder.resolve("home/c"));
    assertThat(config.remote("R").orElseThrow())
        .isEqualTo(new RemoteConfig("r", "ssh://host/x", Map.of("user", "me")));
  }

  @Test
  void pathsAreRelativeToTheirFile() throws IOException {
    Files.writeString(folder.resolve("global/config"), "['remote \"g\"']\nurl = near\n");
    var config =
        read(
            """
            [cache]
            dir = ../../c
            ['remote "r"']
            url = s3://b/p
            credentialpath = key
            verify = True
            jobs = 3
            """);
    assertThat(config.cacheDirectory()).isEqualTo(folder.resolve("c"));
    assertThat(config.remote("g").orElseThrow().url())
        .isEqualTo(folder.resolve("global/near").toString());
    var remote = config.remote("r").orElseThrow();
    assertThat(remote.text("credentialpath")).contains(dvc.resolve("key").toString());
    assertThat(remote.flag("verify", false)).isTrue();
    assertThat(remote.number("jobs")).hasValue(3);
  }

  @Test
  void remoteMayStandOnAnother() throws IOException {
    var config =
        read(
            """
            ['remote "base"']
            url = ssh://host/x
            user = me
            ['remote "sub"']
            url = remote://base/y
            port = 7
            """);
    assertThat(config.remote("sub").orElseThrow())
        .isEqualTo(new RemoteConfig("sub", "ssh://host/x/y", Map.of("user", "me", "port", "7")));
    assertThat(config.located("remote://sub/z").orElseThrow().url()).isEqualTo("ssh://host/x/y/z");
    assertThat(config.located("s3://b")).isEmpty();
    var circle = read("['remote \"a\"']\nurl = remote://a/y\n");
    assertThatThrownBy(() -> circle.remote("a")).isInstanceOf(ConfigException.class);
  }

  @Test
  void linkTypesAreAListInEitherWriting() throws IOException {
    assertThat(read("[cache]\ntype = \"hardlink, symlink\"\n").cache().types())
        .containsExactly(LinkType.HARDLINK, LinkType.SYMLINK);
    assertThat(read("[cache]\ntype = symlink,copy\nshared = group\n").cache().types())
        .containsExactly(LinkType.SYMLINK, LinkType.COPY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[foo]\na = 1\n",
        "[core]\nfoo = 1\n",
        "[core]\nautostage = yes\n",
        "[core]\nchecksum_jobs = 0\n",
        "[cache]\ntype = link\n",
        "[cache]\nshared = all\n",
        "['remote \"r\"']\nuser = me\n",
        "['remote \"r\"']\nurl = ftp://x/y\n",
        "['remote \"r\"']\nurl = /x\nregion = eu\n",
        "['remote \"r\"']\nurl = s3://b\nread_timeout = soon\n",
        "[parsing]\nlist = commas\n",
      })
  void whatDvcRefusesIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigException.class);
  }
}
