package io.mlopscore.model.onnx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// What this process has allocated outside of the heap, whose own size is the collector's affair
/// (https://man7.org/linux/man-pages/man3/mallinfo.3.html).
final class NativeMemory {
  private static final MemoryLayout SIZES =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, ValueLayout.JAVA_LONG));

  /// Places in them: bytes by `mmap`, bytes in use of the rest.
  private static final int MAPPED = 4;

  private static final int USED = 7;

  private NativeMemory() {}

  @SuppressWarnings("restricted") // the point of this class
  static long bytes() throws Throwable {
    var linker = Linker.nativeLinker();
    var symbol = linker.defaultLookup().find("mallinfo2");
    assumeTrue(symbol.isPresent(), "skipped: the C library does not tell what it allocated");
    var mallinfo = linker.downcallHandle(symbol.get(), FunctionDescriptor.of(SIZES));
    try (var arena = Arena.ofConfined()) {
      var sizes = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
      return sizes.getAtIndex(ValueLayout.JAVA_LONG, MAPPED)
          + sizes.getAtIndex(ValueLayout.JAVA_LONG, USED);
    }
  }
}
