package io.mlopscore.training;

/// What `params.yaml` says.
public record Params(DataParams data, Algorithm algorithm) {}
