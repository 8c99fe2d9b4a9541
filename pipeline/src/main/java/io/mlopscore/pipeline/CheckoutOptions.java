package io.mlopscore.pipeline;

import java.util.List;

/// What `checkout` puts back, and how.
///
/// @param targets stages, outputs, files within outputs, `*.dvc` files; none for all
/// @param withDependencies also what the targets depend on
/// @param recursive targets may be folders, for all that is defined below them
/// @param force drop changes that the cache does not have
/// @param relink hold files that are right already as `cache.type` has it, too
public record CheckoutOptions(
    List<String> targets,
    boolean withDependencies,
    boolean recursive,
    boolean force,
    boolean relink) {
  public CheckoutOptions {
    targets = List.copyOf(targets);
  }
}
