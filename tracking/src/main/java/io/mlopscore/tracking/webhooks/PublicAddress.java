package io.mlopscore.tracking.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Tells addresses of the internet from those of this machine, its networks and special purposes
/// (https://www.iana.org/assignments/iana-ipv4-special-registry/ and its twin for IPv6).
final class PublicAddress {
  private static final List<Block> NOT_PUBLIC =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 3),
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("3fff::", 20));

  private static final Block GLOBAL_UNICAST = Block.of("2000::", 3);
  private static final Block SIX_TO_FOUR = Block.of("2002::", 16);
  private static final Block NAT64 = Block.of("64:ff9b::", 96);

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (address instanceof Inet4Address) {
      return isOutside(address);
    }
    var bytes = address.getAddress();
    if (SIX_TO_FOUR.contains(bytes)) {
      return isOutside(embedded(bytes, 2));
    }
    if (NAT64.contains(bytes)) {
      return isOutside(embedded(bytes, 12));
    }
    return GLOBAL_UNICAST.contains(bytes) && isOutside(address);
  }

  private static boolean isOutside(InetAddress address) {
    return NOT_PUBLIC.stream().noneMatch(block -> block.contains(address.getAddress()));
  }

  /// The IPv4 address that a transition address leads to.
  private static InetAddress embedded(byte[] bytes, int from) {
    return address(Arrays.copyOfRange(bytes, from, from + 4));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are always an address", e);
    }
  }

  /// Addresses that begin with the same bits.
  private record Block(InetAddress start, int bits) {
    static Block of(String literal, int bits) {
      return new Block(InetAddress.ofLiteral(literal), bits);
    }

    boolean contains(byte[] address) {
      var first = start.getAddress();
      if (address.length != first.length) {
        return false;
      }
      for (var bit = 0; bit < bits; bit++) {
        var mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
