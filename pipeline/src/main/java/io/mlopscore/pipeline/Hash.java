package io.mlopscore.pipeline;

import java.util.Locale;
import java.util.regex.Pattern;

/// What identifies content: the MD5 of a file's bytes, or that of a directory's listing with the
/// suffix `.dir`.
public record Hash(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}(\\.dir)?");
  private static final String DIRECTORY = ".dir";

  public Hash {
    value = value.toLowerCase(Locale.ROOT);
    if (!SHAPE.matcher(value).matches()) {
      throw new PipelineException("'" + value + "' is not an MD5 of 32 hexadecimal digits");
    }
  }

  static Hash ofDirectory(byte[] listing) {
    return new Hash(Md5.of(listing) + DIRECTORY);
  }

  public boolean isDirectory() {
    return value.endsWith(DIRECTORY);
  }

  @Override
  public String toString() {
    return value;
  }
}
