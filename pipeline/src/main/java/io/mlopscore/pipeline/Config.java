package io.mlopscore.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The settings of a repository: `.dvc/config` under `.dvc/config.local`, which wins.
///
/// @param cacheDirectory where the cache is, absolute
/// @param defaultRemote the name of the remote used when none is named
/// @param remotes the options of each remote, `url` among them; local directories are absolute
/// @param useGit false when the repository was made with `--no-scm`
public record Config(
    Path cacheDirectory,
    Optional<String> defaultRemote,
    Map<String, Map<String, String>> remotes,
    boolean useGit) {
  private static final Pattern SECTION =
      Pattern.compile("\\[\\s*'?\\s*(\\w+)(?:\\s+\"([^\"]+)\")?\\s*'?\\s*]\\s*(?:#.*)?");
  private static final Pattern OPTION = Pattern.compile("([^=]+?)\\s*=\\s*(.*?)");
  private static final Pattern SCHEME = Pattern.compile("\\w+://.*");

  private static final Set<String> REMOTE_PATHS =
      Set.of("url", "credentialpath", "configpath", "keyfile", "cert_path", "key_path");

  public Config {
    remotes = Map.copyOf(remotes);
  }

  static Config of(Path dvcDirectory) throws IOException {
    var settings = new HashMap<String, String>();
    read(dvcDirectory.resolve("config"), settings);
    read(dvcDirectory.resolve("config.local"), settings);
    var remotes = new HashMap<String, Map<String, String>>();
    settings.forEach(
        (key, value) -> {
          var parts = key.split("\n", 3);
          if (parts[0].equals("remote")) {
            remotes.computeIfAbsent(parts[1], _ -> new HashMap<>()).put(parts[2], value);
          }
        });
    return new Config(
        Path.of(settings.getOrDefault("cache\n\ndir", dvcDirectory.resolve("cache").toString())),
        Optional.ofNullable(settings.get("core\n\nremote")),
        remotes,
        !"true".equalsIgnoreCase(settings.get("core\n\nno_scm")));
  }

  /// Collects the options of one file as "section, name, option" joined by line ends; paths become
  /// absolute here, since they are relative to the file they stand in.
  private static void read(Path file, Map<String, String> settings) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var section = "";
    int number = 0;
    for (var raw : Files.readAllLines(file)) {
      number++;
      var line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      var header = SECTION.matcher(line);
      var option = OPTION.matcher(line);
      if (header.matches()) {
        var name = header.group(2) == null ? "" : header.group(2);
        section = header.group(1).toLowerCase(Locale.ROOT) + "\n" + name;
      } else if (option.matches()) {
        var key = section + "\n" + option.group(1).toLowerCase(Locale.ROOT);
        settings.put(key, value(key, unquote(option.group(2)), file));
      } else {
        throw new ConfigException(
            "%s:%d: neither a [section] nor 'option = value'".formatted(file, number));
      }
    }
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() > 1
            && ((value.startsWith("\"") && value.endsWith("\""))
                || (value.startsWith("'") && value.endsWith("'")));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String value(String key, String value, Path file) {
    boolean path =
        key.equals("cache\n\ndir")
            || (key.startsWith("remote\n")
                && REMOTE_PATHS.contains(key.substring(key.lastIndexOf('\n') + 1)));
    if (!path || SCHEME.matcher(value).matches()) {
      return value;
    }
    var home =
        value.startsWith("~/") ? System.getProperty("user.home") + value.substring(1) : value;
    return file.resolveSibling(home).normalize().toString();
  }
}
