package io.mlopscore.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/// Draws pages with the templates of `src/main/jte`, which the build compiles; whatever a page
/// holds is escaped for the place where it stands.
final class Templates {
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "io.mlopscore.console");

  String render(Page page, Frame frame) {
    var html = new StringOutput();
    engine.render(template(page), Map.of("page", page, "frame", frame), html);
    return html.toString();
  }

  private static String template(Page page) {
    return switch (page) {
      case IndexPage _ -> "index.jte";
      case ExperimentPage _ -> "experiment.jte";
      case RunPage _ -> "run.jte";
      case ComparePage _ -> "compare.jte";
      case FilePage _ -> "file.jte";
      case ModelsPage _ -> "models.jte";
      case ModelPage _ -> "model.jte";
      case VersionPage _ -> "version.jte";
      case TracesPage _ -> "traces.jte";
      case TracePage _ -> "trace.jte";
      case UsersPage _ -> "users.jte";
      case UserPage _ -> "user.jte";
      case ConfirmPage _ -> "confirm.jte";
      case LoginPage _ -> "login.jte";
      case ErrorPage _ -> "error.jte";
    };
  }
}
