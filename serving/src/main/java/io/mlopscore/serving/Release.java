package io.mlopscore.serving;

/// A model that is there to be served.
///
/// @param name the registered name, or that of the folder
/// @param version what tells two releases of a model apart, for people and metrics
/// @param identity changes whenever the files behind it do
public record Release(String name, String version, String identity) {}
