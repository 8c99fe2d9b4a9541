package io.mlopscore.tracking;

/// What every store of traces must do.
interface TraceStoreContract
    extends SpanContract, TraceSearchContract, TraceNumbersContract, AssessmentContract {}
