/// Stages as Jobs of Kubernetes. Start with [io.mlopscore.pipeline.kubernetes.KubernetesExecutor];
/// [io.mlopscore.pipeline.kubernetes.JobTemplate] says what a Job looks like.
@NullMarked
package io.mlopscore.pipeline.kubernetes;

import org.jspecify.annotations.NullMarked;
