package io.mlopscore.pipeline;

import java.util.Set;

/// What the updates of one `repro` share.
///
/// @param changed nodes that ran or would run
record UpdateContext(
    Pipeline pipeline,
    RepositoryLock lock,
    StageGraph graph,
    ReproOptions options,
    ReproListener listener,
    MissingData missing,
    Set<Node> changed) {}
