package io.mlopscore.pipeline;

/// Tells sets of files apart by their paths and contents, in whatever order they are met.
///
/// Two sums of well mixed numbers. Not proof against someone who makes files to fool it, as MD5 is
/// not; by chance two sets meet once in 2^128.
record Fingerprint(long high, long low) {
  static final Fingerprint NONE = new Fingerprint(0, 0);

  private static final long ODD = 0x9e3779b97f4a7c15L;
  private static final long OTHER_ODD = 0xc2b2ae3d27d4eb4fL;

  Fingerprint and(Fingerprint other) {
    return new Fingerprint(high + other.high, low + other.low);
  }

  /// Of one file.
  ///
  /// @param path a number of [#path]
  static Fingerprint of(long path, Hash content) {
    long first = mix(path ^ mix(content.high()));
    return new Fingerprint(first, mix(first * OTHER_ODD ^ mix(content.low() + path)));
  }

  /// A number of a path whose start, up to `name`, has the number `start`; 0 for no start.
  static long path(long start, String name) {
    long number = start;
    for (int i = 0; i < name.length(); i++) {
      number = (number ^ name.charAt(i)) * ODD;
      number ^= number >>> 29;
    }
    return number;
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
  /// Generators, 2014).
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
