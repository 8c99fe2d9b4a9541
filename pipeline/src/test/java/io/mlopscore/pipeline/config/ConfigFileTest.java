package io.mlopscore.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.pipeline.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files are read as configobj reads them, and only what is meant changes.
final class ConfigFileTest {
  private static final ConfigSection CORE = ConfigSection.of("core");
  private static final ConfigSection STORE = ConfigSection.remote("store");

  private static ConfigFile file(String text) {
    return ConfigFile.parse(text, "config");
  }

  @Test
  void bothWritingsOfARemoteAreRead() {
    assertThat(file("['remote \"Store\"']\n    url = a\n").settings().find(STORE, "url"))
        .contains("a");
    assertThat(file("[ remote \"store\" ]  # mine\nURL=a # b\n").settings().find(STORE, "url"))
        .contains("a");
  }

  @Test
  void valuesAreUnquotedAndListsJoined() {
    var settings =
        file("[cache]\ntype = hardlink, copy # c\ndir = 'a # b, c'\n[core]\nremote =\n").settings();
    assertThat(settings.options(ConfigSection.of("cache")))
        .containsEntry("type", "hardlink,copy")
        .containsEntry("dir", "a # b, c");
    assertThat(settings.find(CORE, "remote")).contains("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[core]\n; no comment\n",
        "nothing\n",
        "[core]\nremote = \"a\n",
        "[core]\nremote = \"a\" b\n",
        "[core]\nremote = a, b\n",
        "[core]\nremote = a\nREMOTE = b\n",
        "[core]\nremote = a\n[core]\n",
      })
  void whatIsWrongIsNamedByItsLine(String text) {
    assertThatThrownBy(() -> file(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config:");
  }

  @Test
  void changeKeepsEveryOtherCharacter() {
    var text = "# head\n[core]\n\tremote=old   # mine\n\n# store\n[remote \"store\"]\nurl = a\n";
    assertThat(file(text).with(CORE, "remote", "new").text()).isEqualTo(text.replace("old", "new"));
    assertThat(file(text).with(CORE, "autostage", "true").text())
        .isEqualTo(text.replace("# mine\n", "# mine\n    autostage = true\n"));
    assertThat(file(text).with(ConfigSection.of("cache"), "dir", "c").text())
        .isEqualTo(text.replace("# store\n", "[cache]\n    dir = c\n# store\n"));
    assertThat(file(text).without(CORE, "remote").text())
        .isEqualTo("# head\n# store\n[remote \"store\"]\nurl = a\n");
    assertThat(file(text).without(STORE).text())
        .isEqualTo("# head\n[core]\n\tremote=old   # mine\n\n# store\n");
  }

  @Test
  void newTextIsWrittenAsByDvc() {
    var changed =
        file("")
            .with(STORE, "url", "/tmp/a b, c")
            .with(CORE, "remote", "store")
            .with(ConfigSection.remote("other"), "url", "/tmp/it's")
            .with(STORE, "password", "a#b")
            .with(STORE, "user", "a'b\"c")
            .with(STORE, "profile", "");
    assertThat(changed.text())
        .isEqualTo(
            """
            [core]
                remote = store
            ['remote "store"']
                url = "/tmp/a b, c"
                password = "a#b"
                user = a'b\"c
                profile = ""
            ['remote "other"']
                url = /tmp/it's
            """
                .replace("a'b\"c", "\"\"\"a'b\"c\"\"\""));
    assertThat(ConfigFile.parse(changed.text(), "").settings().find(STORE, "user"))
        .contains("a'b\"c");
  }
}
