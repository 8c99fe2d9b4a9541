package io.mlopscore.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The source of a model version, taken apart. Unlike `java.net.URI` it takes any text.
///
/// @param text as the caller wrote it
/// @param scheme in lower case; empty for a plain path
/// @param host with user and port; empty if there is none
record SourceUri(String text, String scheme, String host, String path) {
  private static final Pattern PARTS =
      Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*).*", Pattern.DOTALL);
  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern FORBIDDEN = Pattern.compile("[\\\\\\p{Cntrl}]");

  private static final Set<String> HOST_ADDRESSED =
      Set.of(
          "ftp",
          "sftp",
          "hdfs",
          "viewfs",
          "http",
          "https",
          "mlflow-artifacts",
          "r2",
          "b2",
          "abfss");
  private static final Set<String> OURS =
      Set.of("runs", "models", "mlflow-artifacts", "http", "https");
  private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts";

  /// @throws TrackingException if the source names a host that the server must not speak to
  static SourceUri of(String text, SourcePolicy policy) {
    var uri = of(text);
    if (FORBIDDEN.matcher(text).find() || (uri.isOurs() && text.contains("#"))) {
      throw ModelSources.invalid(text, " It may not hold '#', '\\' or control characters.");
    }
    var isHost = !uri.host().isEmpty() || !uri.scheme().equals("mlflow-artifacts");
    if (isHost
        && HOST_ADDRESSED.contains(uri.scheme())
        && !policy.hostSchemes().contains(uri.scheme())) {
      throw new TrackingException(
          ErrorCode.INVALID_PARAMETER_VALUE, hostRule("'" + uri.scheme() + "' scheme"));
    }
    if (uri.scheme().equals("file") && !uri.host().isEmpty() && !uri.host().equals("localhost")) {
      throw ModelSources.invalid(text, " A file URI may not name a host.");
    }
    return uri;
  }

  private static String hostRule(String scheme) {
    return "'source' cannot use the "
        + scheme
        + ": the "
        + scheme
        + " addresses a host other than the tracking server's configured artifact storage, so the"
        + " server would connect to the host named in the URI. Set the "
        + SourcePolicy.HOST_SCHEMES
        + " environment variable on the server to allow it.";
  }

  private static SourceUri of(String text) {
    var parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw ModelSources.invalid(text, "");
    }
    return new SourceUri(
        text,
        orEmpty(parts.group(1)).toLowerCase(Locale.ROOT),
        orEmpty(parts.group(2)),
        parts.group(3));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// Whether it leads to this server or its files rather than to a store of objects.
  private boolean isOurs() {
    return isLocal() || OURS.contains(scheme);
  }

  boolean isLocal() {
    return scheme.isEmpty() || scheme.equals("file");
  }

  /// Whether the server's own artifact proxy answers it.
  boolean isProxied() {
    return scheme.equals("mlflow-artifacts") || decoded(path).contains(PROXY);
  }

  /// The run of `runs:/<run id>/<path>`.
  String firstPart() {
    return path.replaceFirst("^/+", "").split("/", 2)[0];
  }

  /// Refuses relative paths, and `.` and `..` however often encoded.
  void requireNoDetour() {
    var plain = decoded(text.replace('+', ' '));
    var where = of(plain).path();
    if (FORBIDDEN.matcher(plain).find()
        || isDetour("..", plain)
        || isDetour(".", where)
        || !where.startsWith("/")
        || where.replace("/", "").isEmpty()) {
      throw ModelSources.invalid(
          text,
          " If supplying a source as an http, https, local file path, ftp, objectstore, or"
              + " mlflow-artifacts uri, an absolute path must be provided without relative path"
              + " references present. Please provide an absolute path.");
    }
  }

  private static boolean isDetour(String part, String path) {
    return List.of(path.split("/", -1)).contains(part);
  }

  private static String decoded(String text) {
    var before = text;
    var after = once(text);
    while (!after.equals(before)) {
      before = after;
      after = once(before);
    }
    return after;
  }

  /// Bytes beyond ASCII need no true decoding here: only the signs of paths matter.
  private static String once(String text) {
    return ENCODED
        .matcher(text)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(code.group(1), 16))));
  }

  /// Whether it is the folder, or something in it.
  boolean isWithin(String folder) {
    var root = of(folder);
    var outer = parts(root.path());
    var inner = parts(path);
    return scheme.equals(root.scheme())
        && host.equalsIgnoreCase(root.host())
        && !outer.isEmpty()
        && inner.size() >= outer.size()
        && inner.subList(0, outer.size()).equals(outer);
  }

  private static List<String> parts(String path) {
    var parts = new ArrayList<String>();
    for (var part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(decoded(part));
      }
    }
    return parts;
  }

  /// Whether it is a file in a local folder, also behind symbolic links, and written without `..`.
  boolean isFileWithin(String folder) {
    var root = of(folder);
    try {
      return root.isLocal()
          && !isDetour("..", decoded(path))
          && real(file()).startsWith(real(root.file()));
    } catch (InvalidPathException | IOException _) {
      return false;
    }
  }

  private Path file() {
    return Path.of(scheme.isEmpty() ? text : once(path));
  }

  /// Without symbolic links as far as the path exists.
  private static Path real(Path path) throws IOException {
    var known = path.toAbsolutePath().normalize();
    var rest = Path.of("");
    while (!Files.exists(known) && known.getParent() != null) {
      rest = known.getFileName().resolve(rest);
      known = known.getParent();
    }
    return known.toRealPath().resolve(rest).normalize();
  }
}
