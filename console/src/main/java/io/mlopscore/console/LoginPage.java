package io.mlopscore.console;

/// Asks who somebody is.
///
/// @param problem what was wrong the last time; empty the first time
/// @param next the page that was asked for
/// @param byPassword whether a name and a password do
/// @param byProvider whether an identity provider does
/// @param providerHref where that begins
record LoginPage(
    String problem, String next, boolean byPassword, boolean byProvider, String providerHref)
    implements Page {}
