package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void unknownCommandIsWrongUsage() {
    assertThat(Main.run("nonsense")).isEqualTo(2);
  }

  @Test
  void everyCommandHasItsOwnNameAndASummary() {
    assertThat(Verbs.ALL).extracting(Verb::name).doesNotHaveDuplicates();
    assertThat(Verbs.ALL).allSatisfy(verb -> assertThat(verb.summary()).isNotBlank());
  }

  @Test
  void loudnessMayStandBeforeTheCommand() {
    assertThat(Main.run("-q", "-v", "-q")).isZero();
    assertThat(Main.run("-q", "nonsense")).isEqualTo(2);
    assertThat(Main.run("-v", "status", "--no-such")).isEqualTo(254);
    assertThat(Main.run("remote", "add", "-q")).isEqualTo(254);
  }
}
