import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Packs the jars of a distribution again, for the image: without what nobody there reads, in one
/// order, with one date, and stored rather than compressed, since a layer is compressed as a whole,
/// which is smaller, and classes load faster. Native libraries of this platform are put apart.
///
/// `java PackAgain.java JARS NATIVES ONNX-PLATFORM SQLITE-PLATFORM`, where the platforms are folders
/// in their jars.
public final class PackAgain {
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 2, 0, 0);

  /// Bouncy Castle is there for scrypt alone, and its jar is the largest without native code.
  private static final List<Pattern> UNUSED =
      List.of(
          Pattern.compile("META-INF/(native-image|proguard)/.*"),
          Pattern.compile("(META-INF/versions/\\d+/)?org/bouncycastle/(pqc|jcajce|jce)/.*"),
          // With a private key for tests, which scanners take for a leak.
          Pattern.compile("com/google/api/client/testing/.*"),
          Pattern.compile("META-INF/BC\\d*KEY\\.(SF|DSA|RSA)"),
          Pattern.compile("(ai/onnxruntime|org/sqlite)/native/.*"),
          Pattern.compile(".*\\.(proto|dbg|debug|pdb)"));

  private final Path natives;
  private final List<String> platforms;

  private PackAgain(Path natives, List<String> platforms) {
    this.natives = natives;
    this.platforms = platforms;
  }

  public static void main(String[] args) throws IOException {
    var platforms = List.of("ai/onnxruntime/native/" + args[2], "org/sqlite/native/Linux/" + args[3]);
    var packing = new PackAgain(Files.createDirectories(Path.of(args[1])), platforms);
    try (var jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
      for (var jar : jars) {
        packing.pack(jar);
      }
    }
  }

  private void pack(Path jar) throws IOException {
    var packed = jar.resolveSibling(jar.getFileName() + ".packed");
    try (var from = new ZipFile(jar.toFile());
        var to = new ZipOutputStream(Files.newOutputStream(packed))) {
      to.setMethod(ZipOutputStream.STORED);
      from.stream().filter(entry -> !entry.isDirectory()).sorted(ORDER).forEach(entry -> copy(from, entry, to));
    }
    Files.delete(jar);
    Files.move(packed, jar);
  }

  /// What describes the jar stands first, where readers of streams look for it.
  private static final Comparator<ZipEntry> ORDER =
      Comparator.comparing((ZipEntry entry) -> !entry.getName().equals(JarFile.MANIFEST_NAME))
          .thenComparing(ZipEntry::getName);

  private void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) {
    var name = entry.getName();
    try {
      var bytes = from.getInputStream(entry).readAllBytes();
      if (name.endsWith(".so") && platforms.stream().anyMatch(platform -> name.startsWith(platform + "/"))) {
        Files.write(natives.resolve(name.substring(name.lastIndexOf('/') + 1)), bytes);
      } else if (UNUSED.stream().noneMatch(pattern -> pattern.matcher(name).matches())) {
        store(name, bytes, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(from.getName() + ": " + name, e);
    }
  }

  private static void store(String name, byte[] bytes, ZipOutputStream to) throws IOException {
    var stored = new ZipEntry(name);
    var sum = new CRC32();
    sum.update(bytes);
    stored.setSize(bytes.length);
    stored.setCompressedSize(bytes.length);
    stored.setCrc(sum.getValue());
    stored.setTimeLocal(DATE);
    to.putNextEntry(stored);
    to.write(bytes);
    to.closeEntry();
  }
}
