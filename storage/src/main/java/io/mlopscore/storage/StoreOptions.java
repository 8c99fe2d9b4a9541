package io.mlopscore.storage;

/// How to reach a store, where that is not left to the environment.
public sealed interface StoreOptions
    permits S3Options, GcsOptions, HttpOptions, AzureOptions, SshOptions {}
