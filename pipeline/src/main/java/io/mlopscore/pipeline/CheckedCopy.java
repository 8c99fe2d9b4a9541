package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A copy of a file that is known to have certain bytes in the end.
///
/// What goes out is what was hashed. A big file that was hashed before and is as it was then,
/// before the copy and after it, is left to the operating system, which need not bring it through
/// memory.
record CheckedCopy(Path source, Hash expected, Parallel.Test<Path> unchanged) {
  private static final int BUFFER = 1 << 18;
  private static final ThreadLocal<ByteBuffer> BUFFERS =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));

  /// @throws PipelineException when the bytes are not the expected ones
  void to(FileChannel out) throws IOException {
    try (var in = FileChannel.open(source, StandardOpenOption.READ)) {
      if (in.size() > BUFFER && unchanged.holds(source)) {
        ObjectFiles.transfer(in, out, source);
        require(unchanged.holds(source));
      } else {
        require(hashed(in, out).sameBytes(expected));
      }
    }
  }

  private Hash hashed(FileChannel in, FileChannel out) throws IOException {
    var digest = expected.digest();
    var buffer = BUFFERS.get();
    for (int read = in.read(buffer.clear()); read >= 0; read = in.read(buffer.clear())) {
      digest.update(buffer.flip());
      buffer.rewind();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
    return Hash.ofFile(digest.digest());
  }

  private void require(boolean asExpected) {
    if (!asExpected) {
      throw new PipelineException(
          "%s: the bytes are not those of %s; the file changed meanwhile, run the command again"
              .formatted(source, expected));
    }
  }
}
