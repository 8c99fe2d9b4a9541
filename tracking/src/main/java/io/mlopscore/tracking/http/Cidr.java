package io.mlopscore.tracking.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A block of addresses, such as `10.0.0.0/8`.
///
/// @param prefix an address of the block
/// @param bits how many leading bits all of its addresses share
@SuppressWarnings("ArrayRecordComponent") // asked, never compared
public record Cidr(byte[] prefix, int bits) {
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// @throws IllegalArgumentException saying what a block looks like
  static Cidr parse(String text) {
    var slash = text.indexOf('/');
    try {
      var address = literal(slash < 0 ? text : text.substring(0, slash));
      int all = address.length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= all) {
        return new Cidr(address, bits);
      }
    } catch (IllegalArgumentException _) {
      // said below, with what it may be
    }
    throw new IllegalArgumentException("'" + text + "' is not an address block such as 10.0.0.0/8");
  }

  /// The bytes of an address written in digits; never asks a name server.
  ///
  /// @throws IllegalArgumentException if it is a name, or nothing
  static byte[] literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
    return InetAddress.ofLiteral(text).getAddress();
  }

  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
  }
}
