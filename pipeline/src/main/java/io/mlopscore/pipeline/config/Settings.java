package io.mlopscore.pipeline.config;

import io.mlopscore.pipeline.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Options by section, in the order they were written.
public record Settings(Map<ConfigSection, Map<String, String>> sections) {
  public Settings {
    var copy = new LinkedHashMap<ConfigSection, Map<String, String>>();
    sections.forEach((section, options) -> copy.put(section, new LinkedHashMap<>(options)));
    sections = copy;
  }

  public static Settings empty() {
    return new Settings(Map.of());
  }

  public Optional<String> find(ConfigSection section, String key) {
    return Optional.ofNullable(options(section).get(key));
  }

  /// The options of a section; none when it is not there.
  public Map<String, String> options(ConfigSection section) {
    return sections.getOrDefault(section, Map.of());
  }

  public boolean has(ConfigSection section) {
    return sections.containsKey(section);
  }

  /// The names of the sections of a kind, such as `remote`.
  public Set<String> names(String kind) {
    var names = new LinkedHashSet<String>();
    for (var section : sections.keySet()) {
      if (section.kind().equals(kind)) {
        names.add(section.name());
      }
    }
    return names;
  }

  /// Every option as `section.option=value`, named sections first.
  public List<String> listed() {
    var lines = new ArrayList<String>();
    var order =
        sections.keySet().stream()
            .sorted(
                Comparator.comparing((ConfigSection section) -> !section.isNamed())
                    .thenComparing(ConfigSection.KINDS))
            .toList();
    for (var section : order) {
      options(section)
          .forEach((key, value) -> lines.add(section.label() + "." + key + "=" + value));
    }
    return lines;
  }

  /// These, if nothing in them is unknown or wrong.
  ///
  /// @throws ConfigException when something is
  public Settings checked() {
    ConfigSchema.check(this);
    return this;
  }

  /// These under others, which win option by option.
  public Settings under(Settings others) {
    var merged = new Settings(sections);
    others.sections.forEach(
        (section, options) ->
            merged.sections.computeIfAbsent(section, _ -> new LinkedHashMap<>()).putAll(options));
    return merged;
  }
}
