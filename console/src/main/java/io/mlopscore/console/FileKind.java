package io.mlopscore.console;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a browser may do with a file: see it as a picture, read it as text, or save it.
enum FileKind {
  PNG("image/png"),
  JPEG("image/jpeg"),
  GIF("image/gif"),
  WEBP("image/webp"),
  SVG("image/svg+xml"),
  TEXT("text/plain; charset=utf-8"),
  OTHER("application/octet-stream");

  private static final Map<String, FileKind> PICTURES =
      Map.of("png", PNG, "jpg", JPEG, "jpeg", JPEG, "gif", GIF, "webp", WEBP, "svg", SVG);
  private static final Set<String> TEXTS =
      Set.of("txt", "csv", "json", "yaml", "yml", "md", "log", "mlmodel", "py", "toml", "tsv");

  private final String contentType;

  FileKind(String contentType) {
    this.contentType = contentType;
  }

  /// By the ending of its name; `MLmodel` has none.
  static FileKind of(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    var ending = name.substring(name.lastIndexOf('.') + 1);
    return TEXTS.contains(ending) ? TEXT : PICTURES.getOrDefault(ending, OTHER);
  }

  boolean picture() {
    return this != TEXT && this != OTHER;
  }

  String contentType() {
    return contentType;
  }

  String disposition() {
    return this == OTHER ? "attachment" : "inline";
  }
}
