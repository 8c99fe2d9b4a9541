package io.mlopscore.serving;

import java.util.HexFormat;

/// The folder name of a copied version: unique, and safe whatever the model is called.
final class CacheName {
  private CacheName() {}

  static String of(String name, String identity, String uri) {
    var digest = ApiKey.digest(String.join("\n", name, identity, uri));
    return HexFormat.of().formatHex(digest, 0, 16);
  }
}
