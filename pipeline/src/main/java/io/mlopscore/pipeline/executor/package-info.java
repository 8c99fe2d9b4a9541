/// Where the commands of a stage run. Start with [io.mlopscore.pipeline.executor.Executor]: it is
/// handed a [io.mlopscore.pipeline.executor.Task] and tells what became of it;
/// [io.mlopscore.pipeline.executor.LocalExecutor] runs it on this machine.
@NullMarked
package io.mlopscore.pipeline.executor;

import org.jspecify.annotations.NullMarked;
