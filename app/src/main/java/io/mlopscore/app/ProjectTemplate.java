package io.mlopscore.app;

import io.mlopscore.training.DataParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of a new project, with its names filled in.
///
/// @param name of the model
/// @param data the table, seen from the project
/// @param target the column to predict
record ProjectTemplate(String name, String data, String target) {
  /// Where the sample goes.
  static final String SAMPLE = "data/data.csv";

  /// The column of the sample that is predicted.
  static final String SAMPLE_TARGET = "kind";

  /// As `params.yaml` has them.
  private static final double TEST_SIZE = 0.2;

  private static final long RANDOM_STATE = 42;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][\\w-]{0,99}");
  private static final Pattern DATA = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /// @throws IllegalArgumentException if a name would not survive a YAML file or a command line
  ProjectTemplate {
    require(
        isName(name),
        "--name: '%s' must be a letter, then letters, digits, _ or -",
        printable(name));
    require(
        DATA.matcher(data).matches() && !data.startsWith("-") && stays(data),
        "--data: '%s' must be a path within the project, of letters, digits, _, - and .",
        printable(data));
    require(
        !target.isBlank() && target.chars().noneMatch(Character::isISOControl),
        "--target: '%s' is no name of a column",
        printable(target));
  }

  /// How the parameters that are written divide the table.
  DataParams dataParams() {
    return new DataParams(target, TEST_SIZE, RANDOM_STATE);
  }

  /// What every project has: its settings, parameters and stages.
  Map<String, String> settings() throws IOException {
    return texts("", "mlops.yaml", "params.yaml", "dvc.yaml", ".gitignore");
  }

  /// A project that is ready to run, here, in a container and on GitHub.
  ///
  /// @param sample whether a small table comes with it
  /// @param workflows whether GitHub would read them
  Map<String, String> tabular(boolean sample, boolean workflows) throws IOException {
    var files = settings();
    files.putAll(texts("tabular/", "README.md", "compose.yaml"));
    if (sample) {
      files.put(data, read("tabular/data.csv"));
    }
    if (workflows) {
      files.putAll(
          texts(
              "tabular/",
              ".github/dependabot.yml",
              ".github/workflows/report.yml",
              ".github/workflows/report-comment.yml",
              ".github/workflows/train.yml"));
    }
    return files;
  }

  /// Whether a model, and its experiment, may be called so.
  static boolean isName(String text) {
    return NAME.matcher(text).matches() && !YAML_WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private Map<String, String> texts(String folder, String... files) throws IOException {
    var texts = new LinkedHashMap<String, String>();
    for (var file : files) {
      // The build leaves files out whose names begin with a dot.
      texts.put(
          file, filled(file, read(folder + (file.startsWith(".") ? file.substring(1) : file))));
    }
    return texts;
  }

  private String filled(String file, String text) {
    return text.replace("%NAME%", name)
        .replace("%DATA%", data)
        .replace("%TEST_SIZE%", String.valueOf(TEST_SIZE))
        .replace("%RANDOM_STATE%", String.valueOf(RANDOM_STATE))
        .replace("%TARGET%", file.endsWith(".yaml") ? scalar(target) : target);
  }

  private static String read(String file) throws IOException {
    try (var in = ProjectTemplate.class.getResourceAsStream("init/" + file)) {
      if (in == null) {
        throw new IOException("init/" + file + " is missing from the distribution");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// As YAML has it: most columns stand for themselves, the others in quotes.
  private static String scalar(String text) {
    return isName(text) ? text : "'" + text.replace("'", "''") + "'";
  }

  private static boolean stays(String path) {
    return Path.of("project").resolve(path).normalize().startsWith("project")
        && !Path.of(path).startsWith("..");
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static void require(boolean isSo, String message, String value) {
    if (!isSo) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
