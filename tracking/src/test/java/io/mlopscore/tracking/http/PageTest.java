package io.mlopscore.tracking.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void farthestPageIsEmpty() {
    var token = "{\"offset\": " + Integer.MAX_VALUE + "}";
    var encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    var page = Page.of(new Call(Messages.empty().put("page_token", encoded)), 100, 1000);
    assertThat(page.needed()).isEqualTo(Integer.MAX_VALUE);
    assertThat(page.write("items", List.of("a"), _ -> Messages.empty()).has("next_page_token"))
        .isFalse();
  }
}
