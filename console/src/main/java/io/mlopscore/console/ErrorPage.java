package io.mlopscore.console;

/// Says what could not be shown.
record ErrorPage(String title, String message) implements Page {}
