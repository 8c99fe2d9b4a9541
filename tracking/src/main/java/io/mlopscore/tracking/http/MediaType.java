package io.mlopscore.tracking.http;

import java.net.URLConnection;
import java.util.Locale;
import java.util.Set;

/// The media type of an artifact by its name, as MLflow guesses it: what people read is plain text,
/// so that its viewer shows it.
final class MediaType {
  private static final Set<String> TEXT =
      Set.of(
          "txt",
          "log",
          "err",
          "cfg",
          "conf",
          "cnf",
          "cf",
          "ini",
          "properties",
          "prop",
          "hocon",
          "toml",
          "yaml",
          "yml",
          "xml",
          "json",
          "js",
          "py",
          "py3",
          "csv",
          "tsv",
          "md",
          "rst",
          "ipynb",
          "MLmodel",
          "MLproject");

  private MediaType() {}

  static String of(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var extension = name.substring(name.lastIndexOf('.') + 1);
    if (TEXT.contains(extension)) {
      return "text/plain; charset=utf-8";
    }
    return ofBucket(path);
  }

  /// What a bucket keeps with the object, so that others see it too.
  static String ofBucket(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var guessed = URLConnection.guessContentTypeFromName(name.toLowerCase(Locale.ROOT));
    return guessed == null ? "application/octet-stream" : guessed;
  }
}
