package io.mlopscore.tracking.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Finds who really calls when proxies stand between.
///
/// `X-Forwarded-For` counts only if the peer is a trusted proxy, and then from the right: each
/// trusted hop vouches for the one before it, and the first that is not trusted is the client.
/// Anything further left was written by the client itself.
public record TrustedProxies(List<Cidr> blocks) {
  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /// @param list address blocks separated by commas
  /// @throws IllegalArgumentException saying what a block looks like
  public static TrustedProxies parse(String list) {
    return new TrustedProxies(
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(block -> !block.isEmpty())
            .map(Cidr::parse)
            .toList());
  }

  public boolean trusts(InetAddress peer) {
    return trusts(peer.getAddress());
  }

  /// The key under which a client is limited: its address, or for IPv6 its /64 network, because
  /// one subscriber owns all addresses of that.
  public String client(InetAddress peer, List<String> forwardedFor) {
    var hop = peer.getAddress();
    var chain = String.join(",", forwardedFor).split(",", -1);
    for (int i = chain.length - 1; i >= 0 && trusts(hop); i--) {
      try {
        hop = Cidr.literal(chain[i].strip());
      } catch (IllegalArgumentException _) {
        break;
      }
    }
    return key(hop);
  }

  /// As [#client], for a peer that came directly.
  public static String key(byte[] address) {
    if (address.length == 16) {
      return HexFormat.of().formatHex(Arrays.copyOf(address, 8)) + "/64";
    }
    return (address[0] & 0xff)
        + "."
        + (address[1] & 0xff)
        + "."
        + (address[2] & 0xff)
        + "."
        + (address[3] & 0xff);
  }

  private boolean trusts(byte[] address) {
    for (var block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
