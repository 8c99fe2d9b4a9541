package io.mlopscore.tracking.observability;

/// What a database tells of itself at one moment; totals since it was opened.
///
/// @param commits transactions that committed writes of requests
/// @param commitNanos how long they took together
/// @param commitWrites how many writes were in them
/// @param waiting writes that wait for a transaction now
/// @param connections open connections
/// @param busyConnections those in use
/// @param waitingForConnection threads that wait for one
/// @param bytes size of the database, -1 if it is not known
public record DatabaseNumbers(
    long commits,
    long commitNanos,
    long commitWrites,
    int waiting,
    int connections,
    int busyConnections,
    int waitingForConnection,
    long bytes) {}
