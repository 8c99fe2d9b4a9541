package io.mlopscore.pipeline;

import java.security.MessageDigest;

/// The MD5 that DVC 2 names contents by: of text, lines that end with CRLF count as if they ended
/// with LF, so that one file has one name on Windows and elsewhere.
///
/// As DVC does it, each MiB is judged and converted by itself; a CRLF across two of them stays.
final class Dos2UnixMd5 extends MessageDigest {
  private static final int CHUNK = 1 << 20;

  /// How much of a chunk tells whether it is text.
  private static final int SAMPLE = 512;

  /// Of the sample, the share of bytes that text may have beside printable ones.
  private static final double FEW = 0.3;

  private final MessageDigest md5 = Md5.digest("MD5");
  private final byte[] chunk = new byte[CHUNK];
  private int length;

  Dos2UnixMd5() {
    super("MD5-dos2unix");
  }

  @Override
  protected void engineUpdate(byte input) {
    engineUpdate(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int count) {
    for (int taken = 0; taken < count; ) {
      int fits = Math.min(count - taken, CHUNK - length);
      System.arraycopy(input, offset + taken, chunk, length, fits);
      length += fits;
      taken += fits;
      if (length == CHUNK) {
        take();
      }
    }
  }

  private void take() {
    if (isText()) {
      dropReturns();
    }
    md5.update(chunk, 0, length);
    length = 0;
  }

  private boolean isText() {
    int sampled = Math.min(length, SAMPLE);
    int others = 0;
    for (int i = 0; i < sampled; i++) {
      if (chunk[i] == 0) {
        return false;
      }
      others += isPrintable(chunk[i]) ? 0 : 1;
    }
    return sampled == 0 || (double) others / sampled <= FEW;
  }

  /// ASCII, with the white space that text has.
  private static boolean isPrintable(byte character) {
    return (character >= ' ' && character < 0x7f)
        || character == '\n'
        || character == '\r'
        || character == '\t'
        || character == '\f'
        || character == '\b';
  }

  private void dropReturns() {
    int kept = 0;
    for (int i = 0; i < length; i++) {
      boolean ends = chunk[i] == '\r' && i + 1 < length && chunk[i + 1] == '\n';
      if (!ends) {
        chunk[kept++] = chunk[i];
      }
    }
    length = kept;
  }

  @Override
  protected byte[] engineDigest() {
    take();
    return md5.digest();
  }

  @Override
  protected void engineReset() {
    length = 0;
    md5.reset();
  }
}
