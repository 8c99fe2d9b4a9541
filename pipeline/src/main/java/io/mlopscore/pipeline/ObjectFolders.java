package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The folders that a cache, or a remote that is a directory, has for its objects. As long as they
/// are what they were, no object came or went.
///
/// @param top what they are in: `files/md5`
public record ObjectFolders(Path top) {
  private static final Pattern FOLDER = Pattern.compile("[0-9a-f]{2}");

  /// Those below the root of a cache or a remote.
  public static ObjectFolders in(Path root) {
    return new ObjectFolders(root.resolve("files").resolve("md5"));
  }

  /// A number that is another one after an object came or went; empty when one did so recently
  /// that another would not show, and where there are none.
  public OptionalLong state() throws IOException {
    var states = states();
    return !states.isEmpty() && states.values().stream().allMatch(OptionalLong::isPresent)
        ? OptionalLong.of(states.values().stream().mapToLong(OptionalLong::getAsLong).sum())
        : OptionalLong.empty();
  }

  /// As above, of each folder, by the first byte of its objects.
  Map<Integer, OptionalLong> states() throws IOException {
    var states = new HashMap<Integer, OptionalLong>();
    var names = top.toFile().list();
    for (var name : names == null ? new String[0] : names) {
      if (FOLDER.matcher(name).matches()) {
        int number = HexFormat.fromHexDigits(name);
        states.put(number, state(number, top.resolve(name)));
      }
    }
    return states;
  }

  private static OptionalLong state(int number, Path path) throws IOException {
    var folder = Files.readAttributes(path, BasicFileAttributes.class);
    if (!HashIndex.isSettled(folder)) {
      return OptionalLong.empty();
    }
    long identity = Fingerprint.mix(Objects.hash(number, folder.fileKey()));
    long changed = folder.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return OptionalLong.of(Fingerprint.mix(identity ^ changed));
  }
}
