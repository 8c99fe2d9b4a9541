package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is printed to be tried in a shell.
class ReadyTest {
  @Test
  void aQuoteInAColumnDoesNotEndTheRow() {
    assertThat(Ready.text("http://a", "http://c", Map.of("it's", 1.5), false))
        .contains("-d '{\"it'\\''s\":1.5}'\n");
  }
}
