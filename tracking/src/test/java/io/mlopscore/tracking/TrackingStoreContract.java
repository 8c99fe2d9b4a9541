package io.mlopscore.tracking;

/// What every tracking store does, in process or behind a server.
interface TrackingStoreContract
    extends ExperimentContract,
        RunContract,
        MetricContract,
        RunSearchContract,
        LoggedModelContract {}
