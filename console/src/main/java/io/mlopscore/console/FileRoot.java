package io.mlopscore.console;

/// Whose files are looked at.
///
/// @param uri where they are
/// @param owner what the run or model is called
/// @param ownerHref its page
/// @param base the address below which its files are sent and shown
record FileRoot(String uri, String owner, String ownerHref, String base) {
  /// The file itself.
  String file(String path) {
    return base + "/artifacts/" + Links.encodePath(path);
  }

  /// A page that shows it.
  String page(String path) {
    return base + "/files/" + Links.encodePath(path);
  }

  String uri(String path) {
    return uri + "/" + (uri.startsWith("file:") ? Links.encodePath(path) : path);
  }
}
