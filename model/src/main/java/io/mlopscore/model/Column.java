package io.mlopscore.model;

/// A named input or output of a model.
///
/// @param name the name that callers use
/// @param type the type of its values
/// @param required whether a caller must give it
public record Column(String name, ColumnType type, boolean required) {}
