package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.JsonText;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Bool;
import io.mlopscore.pipeline.yaml.Value.Int;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.Value.Text;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A lock entry as it stands in `dvc.lock` and in the run cache.
final class LockText {
  static final Value HASH = Value.of("hash");
  private static final List<String> URL_TAGS = List.of("etag", "checksum");
  private static final Comparator<String> DEFAULT_FILE_FIRST =
      Comparator.comparing((String path) -> !path.equals(ParamsFile.DEFAULT))
          .thenComparing(JsonText.BY_CODE_POINT);

  private LockText() {}

  static Mapping write(LockEntry entry) {
    var mapping = new LinkedHashMap<Value, Value>();
    mapping.put(Value.of("cmd"), entry.command());
    put(mapping, "deps", items(entry.dependencies(), entry.urls()));
    if (!entry.params().isEmpty()) {
      mapping.put(Value.of("params"), params(entry.params()));
    }
    put(mapping, "outs", items(entry.outputs(), entry.urlOutputs()));
    return new Mapping(mapping);
  }

  private static void put(Map<Value, Value> mapping, String key, Items items) {
    if (!items.values().isEmpty()) {
      mapping.put(Value.of(key), items);
    }
  }

  private static Items items(Map<String, Tracked> contents, Map<String, UrlContent> urls) {
    var paths = new ArrayList<>(contents.keySet());
    paths.addAll(urls.keySet());
    var items = new ArrayList<Value>();
    for (var path : sorted(paths, JsonText.BY_CODE_POINT)) {
      var url = urls.get(path);
      items.add(url == null ? item(path, contents.get(path)) : item(path, url));
    }
    return new Items(items);
  }

  private static Mapping item(String path, UrlContent content) {
    var item = new LinkedHashMap<Value, Value>();
    item.put(Value.of("path"), Value.of(path));
    item.put(HASH, Value.of("md5"));
    item.put(Value.of(content.key()), Value.of(content.value()));
    if (content.size() >= 0) {
      item.put(Value.of("size"), Value.of(content.size()));
    }
    if (content.files() > 0) {
      item.put(Value.of("nfiles"), Value.of(content.files()));
    }
    return new Mapping(item);
  }

  private static List<String> sorted(Iterable<String> keys, Comparator<String> order) {
    var sorted = new ArrayList<String>();
    keys.forEach(sorted::add);
    sorted.sort(order);
    return sorted;
  }

  private static Mapping item(String path, @org.jspecify.annotations.Nullable Tracked content) {
    var item = new LinkedHashMap<Value, Value>();
    item.put(Value.of("path"), Value.of(path));
    if (content != null) {
      if (!content.hash().isLegacy()) {
        item.put(HASH, Value.of("md5"));
      }
      item.putAll(content(content));
    }
    return new Mapping(item);
  }

  /// The fields that describe content, in DVC's order.
  static Map<Value, Value> content(Tracked content) {
    return switch (content.versions()) {
      case Versions.None() -> plain(content);
      case Versions.OfFile(var version) -> {
        var fields = plain(content);
        fields.put(Value.of(VersionsText.CLOUD), VersionsText.cloud(version));
        yield fields;
      }
      case Versions.OfFiles files ->
          new LinkedHashMap<>(Map.of(Value.of(VersionsText.FILES), VersionsText.files(files)));
    };
  }

  /// As above, without what is known of versions.
  static Map<Value, Value> plain(Tracked content) {
    var fields = new LinkedHashMap<Value, Value>();
    fields.put(Value.of("md5"), Value.of(content.hash().value()));
    if (content.size() != Tracked.UNKNOWN) {
      fields.put(Value.of("size"), Value.of(content.size()));
    }
    if (content.hash().isDirectory()) {
      fields.put(Value.of("nfiles"), Value.of(content.files()));
    }
    if (content.executable()) {
      fields.put(Value.of("isexec"), new Bool(true));
    }
    return fields;
  }

  private static Mapping params(Map<String, Mapping> params) {
    var files = new LinkedHashMap<Value, Value>();
    for (var file : sorted(params.keySet(), DEFAULT_FILE_FIRST)) {
      files.put(Value.of(file), sortedByKey(params.getOrDefault(file, Mapping.EMPTY)));
    }
    return new Mapping(files);
  }

  private static Mapping sortedByKey(Mapping values) {
    var sorted = new LinkedHashMap<Value, Value>();
    values.entries().entrySet().stream()
        .sorted(
            Comparator.comparing(entry -> YamlReader.text(entry.getKey()), JsonText.BY_CODE_POINT))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return new Mapping(sorted);
  }

  /// Reads an entry; `where` names it in messages.
  static LockEntry read(Value value, String where) {
    if (!(value instanceof Mapping entry)) {
      throw new PipelineException(where + ": must be a mapping, not " + value.typeName());
    }
    var params = new LinkedHashMap<String, Mapping>();
    if (entry.get("params").orElse(Mapping.EMPTY) instanceof Mapping files) {
      files
          .entries()
          .forEach(
              (file, values) ->
                  params.put(
                      YamlReader.text(file),
                      values instanceof Mapping keys ? keys : Mapping.EMPTY));
    }
    return new LockEntry(
        entry.get("cmd").orElse(Value.none()),
        contents(entry.get("deps").orElse(Value.none()), where),
        urls(entry.get("deps").orElse(Value.none())),
        params,
        contents(entry.get("outs").orElse(Value.none()), where),
        urls(entry.get("outs").orElse(Value.none())));
  }

  private static Map<String, Tracked> contents(Value items, String where) {
    var contents = new LinkedHashMap<String, Tracked>();
    for (var item : YamlReader.items(items).values()) {
      if (item instanceof Mapping fields && hasContent(fields)) {
        var path = fields.get("path").map(YamlReader::text).orElse("");
        contents.put(path, content(fields, where));
      }
    }
    return contents;
  }

  /// Whether an MD5 is recorded, be it that of each file of a directory.
  static boolean hasContent(Mapping fields) {
    return fields.get("md5").isPresent() || fields.get(VersionsText.FILES).isPresent();
  }

  private static Map<String, UrlContent> urls(Value items) {
    var contents = new LinkedHashMap<String, UrlContent>();
    for (var item : YamlReader.items(items).values()) {
      if (item instanceof Mapping fields && fields.get("md5").isEmpty()) {
        for (var key : URL_TAGS) {
          fields
              .get(key)
              .ifPresent(
                  tag ->
                      contents.put(
                          fields.get("path").map(YamlReader::text).orElse(""),
                          new UrlContent(
                              key,
                              YamlReader.text(tag),
                              fields.get("size").isPresent() ? number(fields, "size") : -1,
                              Math.toIntExact(number(fields, "nfiles")))));
        }
      }
    }
    return contents;
  }

  /// Reads the fields that describe content; DVC 2 did not say how it hashed.
  static Tracked content(Mapping fields, String where) {
    boolean legacy = fields.get("hash").isEmpty();
    try {
      var files = VersionsText.files(fields, where);
      return files.isPresent() ? content(files.get(), legacy) : content(fields, legacy);
    } catch (PipelineException e) {
      throw new PipelineException(where + ": " + e.getMessage(), e);
    }
  }

  /// The listing is not recorded where its files are, but it is that of them.
  private static Tracked content(Versions.OfFiles files, boolean legacy) {
    var hash = files.listing(legacy).hash();
    return new Tracked(hash, files.size(), files.files().size(), false, files);
  }

  private static Tracked content(Mapping fields, boolean legacy) {
    return new Tracked(
        Hash.of(fields.get("md5").map(YamlReader::text).orElse(""), legacy),
        number(fields, "size"),
        Math.toIntExact(number(fields, "nfiles")),
        fields.get("isexec").filter(new Bool(true)::equals).isPresent(),
        VersionsText.version(fields).<Versions>map(Versions.OfFile::new).orElse(Versions.NONE));
  }

  static long number(Mapping fields, String key) {
    return switch (fields.get(key).orElse(Value.none())) {
      case Int(var number) -> number.longValueExact();
      case Text(var text) when text.chars().allMatch(Character::isDigit) && !text.isEmpty() ->
          Long.parseLong(text);
      case Value _ -> 0;
    };
  }
}
