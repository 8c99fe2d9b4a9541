package io.mlopscore.console;

/// What stands around every page.
///
/// @param user who is logged in; empty for nobody
/// @param users whether there is a page of users for them
record Frame(Links links, String user, boolean users) {}
