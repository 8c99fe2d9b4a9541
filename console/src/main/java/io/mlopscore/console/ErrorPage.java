package io.mlopscore.console;

/// Says what could not be shown or done, and what to do about it.
///
/// @param advice empty if the message says enough
record ErrorPage(String title, String message, String advice) implements Page {}
