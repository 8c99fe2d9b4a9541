/// The graph of stages as an Argo Workflow: start at
/// [io.mlopscore.pipeline.argo.ArgoWorkflow].
@NullMarked
package io.mlopscore.pipeline.argo;

import org.jspecify.annotations.NullMarked;
