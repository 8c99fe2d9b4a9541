package io.mlopscore.training;

/// How the data is read and split: the `data` section of `params.yaml`.
///
/// @param target the column with the labels
/// @param testSize the share of rows kept for testing, above 0 and below 1
/// @param randomState the seed of the split
public record DataParams(String target, double testSize, long randomState) {}
