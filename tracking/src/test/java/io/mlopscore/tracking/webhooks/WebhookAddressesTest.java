package io.mlopscore.tracking.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.tracking.TrackingException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the server lets itself be sent.
final class WebhookAddressesTest {
  private static final WebhookSettings USUAL = WebhookSettings.read(Map.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
        "2001:0:1::",
        "2001:db8::1",
        "ff02::1"
      })
  void addressInsideIsNotPublic(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "2606:4700::1111", "2002:808:808::", "64:ff9b::808:808"})
  void addressOfTheInternetIsPublic(String address) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://localhost:8443/",
        "http://8.8.8.8/",
        "../no/scheme",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "https:///nowhere",
        "https://",
        "no url",
        "",
        " "
      })
  void urlThatLeadsInsideOrNowhereIsRefused(String url) {
    assertThatThrownBy(() -> new WebhookAddresses(USUAL).check(url))
        .isInstanceOf(TrackingException.class);
  }

  @Test
  void publicHttpsIsTaken() {
    new WebhookAddresses(USUAL).check("https://8.8.8.8:8443/hook?x=1");
  }

  @Test
  void nameWithOnePrivateAddressAmongItsOwnIsRefused() {
    var addresses =
        new WebhookAddresses(
            USUAL,
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("169.254.169.254")
                });
    assertThatThrownBy(() -> addresses.check("https://two.example/"))
        .hasMessage(
            "Webhook URL must not resolve to a non-public IP address. 'two.example' resolves to"
                + " 169.254.169.254.");
  }
}
