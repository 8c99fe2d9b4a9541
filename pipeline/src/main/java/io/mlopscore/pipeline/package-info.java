/// Versioned data and reproducible stages in the file formats of DVC 3.
///
/// Start at [io.mlopscore.pipeline.Pipeline], for data at [io.mlopscore.pipeline.DataStore]; what
/// users name is found by [io.mlopscore.pipeline.Targets]. What is on disk: `dvc.yaml`
/// ([io.mlopscore.pipeline.Stage]), `dvc.lock` ([io.mlopscore.pipeline.LockFile]), `*.dvc`
/// ([io.mlopscore.pipeline.DataSource]) and the cache ([io.mlopscore.pipeline.ContentCache]). What
/// must run is decided without effects by [io.mlopscore.pipeline.StageDecision].
@NullMarked
package io.mlopscore.pipeline;

import org.jspecify.annotations.NullMarked;
