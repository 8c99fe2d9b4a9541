package io.mlopscore.console;

/// One artifact file as it can be read here.
///
/// @param size empty if it is not known
record FilePage(
    String owner, String ownerHref, String path, String href, String size, Preview preview)
    implements Page {}
