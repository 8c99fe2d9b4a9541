package io.mlopscore.tracking.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// The native part of SQLite's driver, which that would unpack into the temporary folder at each
/// start, and leave there when the process is killed.
public final class SqliteLibrary {
  private SqliteLibrary() {}

  /// Writes it where the driver finds it by `org.sqlite.lib.path`. Without one for this platform
  /// nothing is written: the driver says what it misses.
  public static void unpack(Path folder) throws IOException {
    var name = LibraryLoaderUtil.getNativeLibName();
    var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Files.createDirectories(folder);
    try (var library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library != null) {
        var fresh = folder.resolve(name + ".new");
        Files.copy(library, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
