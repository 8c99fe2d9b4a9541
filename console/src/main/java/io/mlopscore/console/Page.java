package io.mlopscore.console;

/// What one page shows, ready to be drawn.
sealed interface Page permits IndexPage, ExperimentPage, RunPage, ModelPage, LoginPage, ErrorPage {}
