package io.mlopscore.pipeline;

import java.io.File;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// What is said of a failure. Java's own exceptions about files often carry the path alone.
public final class FailureText {
  private FailureText() {}

  public static String of(Exception failure) {
    if (failure instanceof FileSystemException about && about.getReason() == null) {
      return about.getMessage() + ": " + reason(about);
    }
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /// As [#of], of a revision whose files were put below `root`: they are called by the revision.
  public static String ofRevision(Exception failure, Path root, String revision) {
    return of(failure).replace(root + File.separator, revision + ":");
  }

  private static String reason(FileSystemException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "it exists already";
      case DirectoryNotEmptyException _ -> "the directory is not empty";
      case NotDirectoryException _ -> "not a directory";
      case FileSystemLoopException _ -> "the directory contains itself by a link";
      default -> failure.getClass().getSimpleName();
    };
  }
}
