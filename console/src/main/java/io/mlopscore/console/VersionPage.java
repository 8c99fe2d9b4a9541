package io.mlopscore.console;

import java.util.List;

/// One version of a registered model.
///
/// @param stage empty where none was given
/// @param runHref empty if the run is not known here
/// @param text of a prompt; empty for a model
/// @param signature the type of each input, output and param
/// @param why files and signature cannot be shown; empty if they can
/// @param editable whether the reader may change it
/// @param deletable whether the reader may delete it
record VersionPage(
    String name,
    String modelHref,
    int version,
    String href,
    String description,
    String status,
    String stage,
    Moment created,
    Moment updated,
    String source,
    String runName,
    String runHref,
    List<String> aliases,
    List<RunPage.Entry> tags,
    boolean prompt,
    String text,
    List<RunPage.Entry> signature,
    List<RunPage.Entry> metrics,
    FileTree files,
    String why,
    boolean editable,
    boolean deletable)
    implements Page {
  VersionPage {
    aliases = List.copyOf(aliases);
    tags = List.copyOf(tags);
    signature = List.copyOf(signature);
    metrics = List.copyOf(metrics);
  }
}
