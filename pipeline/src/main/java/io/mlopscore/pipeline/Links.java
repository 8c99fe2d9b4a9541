package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Puts objects of the cache into the workspace in the first way of `cache.type` that works there.
///
/// An empty file is never a hard link: too many would share one object.
final class Links {
  private final List<LinkType> types;

  Links(List<LinkType> types) {
    this.types = List.copyOf(types);
  }

  /// Whether the workspace and the cache are to share one file, which nobody may write then.
  boolean areShared() {
    return !types.isEmpty() && isShared(types.getFirst());
  }

  /// Whether some of the ways let the workspace and the cache share files.
  boolean mayBeShared() {
    return types.stream().anyMatch(Links::isShared);
  }

  private static boolean isShared(LinkType type) {
    return type == LinkType.HARDLINK || type == LinkType.SYMLINK;
  }

  /// Makes `target`, where nothing is yet, hold an object.
  ///
  /// @throws PipelineException when none of the ways works
  void make(Path object, Path target) throws IOException {
    FileSystemException failure = null;
    for (int i = 0; i < types.size(); i++) {
      try {
        if (isMade(i, object, target)) {
          return;
        }
      } catch (NoSuchFileException | FileAlreadyExistsException e) {
        throw e;
      } catch (FileSystemException e) {
        failure = e;
      }
    }
    throw new PipelineException(
        "%s: no way of cache.type=%s works there%s; allow copies with `mlops config cache.type %2$s,copy`"
            .formatted(target, words(), failure == null ? "" : " (" + failure.getReason() + ")"));
  }

  private String words() {
    return types.stream().map(LinkType::word).collect(Collectors.joining(","));
  }

  private boolean isMade(int position, Path object, Path target) throws IOException {
    switch (types.get(position)) {
      case REFLINK -> {
        boolean copyIsNext =
            position + 1 < types.size() && types.get(position + 1) == LinkType.COPY;
        if (!copyIsNext) {
          return Reflink.make(object, target);
        }
        // A copy by the operating system shares the blocks wherever a reflink could.
        ObjectFiles.fill(object, target);
      }
      case HARDLINK -> {
        if (Files.size(object) == 0) {
          Files.createFile(target);
        } else {
          Files.createLink(target, object);
        }
      }
      case SYMLINK -> Files.createSymbolicLink(target, object);
      case COPY -> ObjectFiles.fill(object, target);
    }
    return true;
  }

  /// Whether a file with the content of an object is held in a way that `cache.type` allows.
  boolean areAllowed(Path object, Path file) throws IOException {
    return isHeld(object, file, types);
  }

  /// Whether a file with the content of an object is held in the way that `cache.type` prefers.
  boolean arePreferred(Path object, Path file) throws IOException {
    return isHeld(object, file, types.subList(0, Math.min(1, types.size())));
  }

  private static boolean isHeld(Path object, Path file, List<LinkType> allowed) throws IOException {
    boolean symbolic = Files.isSymbolicLink(file);
    boolean hard = !symbolic && Files.isSameFile(file, object);
    for (var type : allowed) {
      boolean held =
          switch (type) {
            case REFLINK, COPY -> !symbolic && !hard;
            case HARDLINK -> hard || (!symbolic && Files.size(file) == 0);
            case SYMLINK -> symbolic && Files.readSymbolicLink(file).equals(object);
          };
      if (held) {
        return true;
      }
    }
    return false;
  }
}
