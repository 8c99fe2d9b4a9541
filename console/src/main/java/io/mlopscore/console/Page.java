package io.mlopscore.console;

/// What one page shows, ready to be drawn.
sealed interface Page
    permits IndexPage,
        ExperimentPage,
        RunPage,
        ComparePage,
        FilePage,
        ModelsPage,
        ModelPage,
        VersionPage,
        TracesPage,
        TracePage,
        UsersPage,
        UserPage,
        ConfirmPage,
        LoginPage,
        ErrorPage {}
