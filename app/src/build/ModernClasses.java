import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a jar again with its classes in the format of Java 8: `java ModernClasses.java FROM TO`
///
/// A start-up cache takes no class in a format older than that of Java 6, whose code has to be
/// verified in the old way at each start. picocli is compiled for Java 5; this saves about a fifth
/// of the time that a short command takes.
class ModernClasses {
  private static final int JAVA_8 = ClassFile.JAVA_8_VERSION;

  /// All that makes the class is given to the builder again, with another version.
  private static final ClassTransform MODERN =
      ((ClassTransform)
              (builder, element) -> {
                if (element instanceof ClassFileVersion version) {
                  builder.withVersion(Math.max(JAVA_8, version.majorVersion()), 0);
                } else {
                  builder.with(element);
                }
              })
          .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));

  public static void main(String[] args) throws IOException {
    var from = Path.of(args[0]);
    var to = Path.of(args[1]);
    Files.createDirectories(to.toAbsolutePath().getParent());
    try (var jar = new JarFile(from.toFile());
        var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      var classFile = classFile(loader);
      for (var entry : Collections.list(jar.entries())) {
        var bytes = jar.getInputStream(entry).readAllBytes();
        boolean isOld = isClass(entry) && classFile.parse(bytes).majorVersion() < JAVA_8;
        out.putNextEntry(copy(entry));
        out.write(isOld ? classFile.transformClass(classFile.parse(bytes), MODERN) : bytes);
        out.closeEntry();
      }
    }
  }

  /// @param loader knows the classes of the jar, whose kinship decides the types of variables
  private static ClassFile classFile(ClassLoader loader) {
    var kinship =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver());
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ConstantPoolSharingOption.NEW_POOL,
        ClassHierarchyResolverOption.of(kinship));
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
  }

  private static ZipEntry copy(ZipEntry entry) {
    var copy = new ZipEntry(entry.getName());
    copy.setTime(entry.getTime());
    return copy;
  }
}
