package io.mlopscore.tracking;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// MLflow's rules for the paths of artifacts: relative, and with nothing in them that could lead
/// out of their root, however often they are encoded.
public final class ArtifactPath {
  private static final Pattern DRIVE = Pattern.compile("[a-zA-Z]:/.*", Pattern.DOTALL);
  private static final int MOST_DECODINGS = 10;

  private ArtifactPath() {}

  /// A path that is safe below any root: names joined by single slashes; empty for the root.
  /// Control characters are written as `%0a`, as MLflow does.
  ///
  /// @throws TrackingException "Invalid path" for `..`, an absolute path, a drive, a backslash or
  ///     `#`, also where they are hidden by percent encoding
  public static String of(String path) {
    var plain = path;
    for (var i = 0; i < MOST_DECODINGS && plain != null; i++) {
      requireSafe(plain);
      var decoded = decode(plain);
      plain = decoded.equals(plain) ? null : decoded;
    }
    return Arrays.stream(path.split("/"))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .map(ArtifactPath::escape)
        .collect(Collectors.joining("/"));
  }

  private static void requireSafe(String path) {
    var leadsOut =
        path.startsWith("/")
            || path.startsWith("file:")
            || DRIVE.matcher(path).matches()
            || List.of(path.split("/", -1)).contains("..");
    if (leadsOut || path.indexOf('\\') >= 0 || path.indexOf('#') >= 0) {
      throw invalid();
    }
  }

  static TrackingException invalid() {
    return new TrackingException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid path");
  }

  /// A text with its percent escapes resolved once; one with a broken escape as it is.
  public static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text; // a lone percent sign is part of the name
    }
  }

  private static String escape(String name) {
    var escaped = new StringBuilder();
    name.chars()
        .forEach(c -> escaped.append(Character.isISOControl(c) && c < 128 ? hex(c) : (char) c));
    return escaped.toString();
  }

  private static String hex(int c) {
    return "%%%02x".formatted(c);
  }

  /// The path of an artifact in the folder where it is.
  static String join(String folder, String name) {
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  /// The last name of a URI as a path; a `file:` URI is encoded.
  static String name(String uri) {
    var name = uri.substring(uri.lastIndexOf('/') + 1);
    return uri.startsWith("file:") ? decode(name) : name;
  }

  /// The folder of what a URI names.
  static String parent(String uri) {
    var slash = uri.lastIndexOf('/');
    if (slash < 0) {
      return uri.substring(0, uri.indexOf(':') + 1);
    }
    return uri.substring(0, slash == 0 || uri.charAt(slash - 1) == ':' ? slash + 1 : slash);
  }
}
