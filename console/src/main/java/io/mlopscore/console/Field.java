package io.mlopscore.console;

/// A field of a form or of an address.
record Field(String name, String value) {}
