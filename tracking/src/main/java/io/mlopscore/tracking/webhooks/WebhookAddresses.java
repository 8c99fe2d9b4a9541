package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ErrorCode;
import io.mlopscore.tracking.TrackingException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;

/// Where webhooks may lead: by https to the internet, not into the network of the server, whose
/// services and cloud metadata trust whoever comes from inside.
///
/// A name is looked up twice: when the webhook is registered, for a clear message, and when a
/// message is sent, where [#connectable] gives the very address that is then connected to. So a
/// name that leads elsewhere in the meantime is caught too.
public final class WebhookAddresses {
  private final List<String> schemes;
  private final boolean privateAllowed;
  private final Lookup lookup;

  /// Finds the addresses of a name, as [InetAddress#getAllByName] does.
  @FunctionalInterface
  interface Lookup {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  public WebhookAddresses(WebhookSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  WebhookAddresses(WebhookSettings settings, Lookup lookup) {
    schemes = settings.schemes();
    privateAllowed = settings.privateAddresses();
    this.lookup = lookup;
  }

  /// @throws TrackingException if a webhook may not lead there
  public void check(String url) {
    if (url.isBlank()) {
      throw invalid("Webhook URL cannot be empty or just whitespace: '" + url + "'");
    }
    var uri = parse(url);
    var scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!schemes.contains(scheme)) {
      throw invalid(
          "Invalid webhook URL scheme: '"
              + scheme
              + "'. Allowed schemes are: "
              + String.join(", ", schemes)
              + ".");
    }
    if (uri.getHost() == null) {
      throw invalid("Webhook URL must include a hostname: '" + url + "'");
    }
    if (!privateAllowed) {
      connectable(uri.getHost());
    }
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw invalid("Invalid webhook URL '" + url + "': " + e.getMessage());
    }
  }

  /// The address to connect to.
  ///
  /// @throws TrackingException if one of the addresses of the host is not public
  InetAddress connectable(String host) {
    var plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    var addresses = find(plain);
    for (var address : addresses) {
      if (!privateAllowed && !PublicAddress.is(address)) {
        throw invalid(
            "Webhook URL must not resolve to a non-public IP address. '"
                + plain
                + "' resolves to "
                + address.getHostAddress()
                + ".");
      }
    }
    return addresses[0];
  }

  private InetAddress[] find(String host) {
    try {
      return lookup.find(host);
    } catch (UnknownHostException e) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "Cannot resolve Webhook URL hostname '" + host + "': " + e.getMessage(),
          e);
    }
  }

  private static TrackingException invalid(String message) {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
