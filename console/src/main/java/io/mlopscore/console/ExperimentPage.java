package io.mlopscore.console;

/// The runs of one experiment.
///
/// @param newest how many of the newest runs the table is limited to; 0 if it shows all
record ExperimentPage(String id, String name, String description, RunTable table, int newest)
    implements Page {}
