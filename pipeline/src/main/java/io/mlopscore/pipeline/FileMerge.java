package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlDocument;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges two versions of a `dvc.lock` or `.dvc` file by what they say: what one side changed is
/// taken, and what both changed alike. Directories that both sides added to are united, when the
/// cache has their listings.
public final class FileMerge {
  /// @param text what the file becomes; with the markers of git where the sides contradict
  /// @param conflicts what they contradict about
  public record Merged(String text, List<String> conflicts) {
    public Merged {
      conflicts = List.copyOf(conflicts);
    }
  }

  /// The keys of an output that tell its content, and only make sense together.
  private static final List<String> CONTENT =
      List.of(
          "md5",
          "etag",
          "checksum",
          "size",
          "nfiles",
          "isexec",
          "version_id",
          "cloud",
          "files",
          "hash");

  private static final Value STAGES = Value.of("stages");
  private static final Value OUTS = Value.of("outs");

  private final ContentCache cache;
  private final List<String> conflicts = new ArrayList<>();

  public FileMerge(ContentCache cache) {
    this.cache = cache;
  }

  /// @param base what both versions come from; may be empty
  public Merged merge(String base, String ours, String theirs) throws IOException {
    var before = mapping(base, "ancestor");
    var mine = mapping(ours, "our version");
    var other = mapping(theirs, "their version");
    boolean isLock = mine.get("stages").isPresent() || other.get("stages").isPresent();
    return isLock
        ? lock(before, new YamlDocument("ours", ours), mine, new YamlDocument("theirs", theirs))
        : data(before, mine, other, ours, theirs);
  }

  private static Mapping mapping(String text, String name) {
    if (text.isBlank()) {
      return Mapping.EMPTY;
    }
    if (YamlReader.read(text, name) instanceof Mapping mapping) {
      return mapping;
    }
    throw new PipelineException(name + ": this is no file of stages or data");
  }

  private Merged lock(Mapping base, YamlDocument ours, Mapping mine, YamlDocument theirs) {
    var other = mapping(theirs.text(), "their version");
    var stages = union(within(base, STAGES), within(mine, STAGES), within(other, STAGES), "stage");
    var names = List.copyOf(conflicts);
    var whole = union(without(base), without(mine), without(other), "key").entries();
    var merged = new LinkedHashMap<Value, Value>(whole);
    merged.put(STAGES, stages);
    var text = ours.text().isBlank() ? theirs : ours.update(List.of(), new Mapping(merged));
    var marked = new ConflictMarkers(text, theirs).mark("stages", keys(names));
    return new Merged(marked, conflicts);
  }

  private static List<String> keys(List<String> conflicts) {
    return conflicts.stream().map(text -> text.substring("stage ".length())).toList();
  }

  private static Mapping within(Mapping mapping, Value key) {
    return mapping.entries().get(key) instanceof Mapping inner ? inner : Mapping.EMPTY;
  }

  private static Mapping without(Mapping mapping) {
    var rest = new LinkedHashMap<>(mapping.entries());
    rest.remove(STAGES);
    return new Mapping(rest);
  }

  /// Key by key; where the sides contradict ours stays, and the key is noted.
  private Mapping union(Mapping base, Mapping mine, Mapping other, String what) {
    var merged = new LinkedHashMap<Value, Value>();
    var keys = new LinkedHashSet<>(mine.entries().keySet());
    keys.addAll(other.entries().keySet());
    for (var key : keys) {
      var ours = mine.entries().get(key);
      var theirs = other.entries().get(key);
      var before = base.entries().get(key);
      var taken = same(ours, before) ? theirs : ours;
      if (!same(ours, theirs) && !same(ours, before) && !same(theirs, before)) {
        conflicts.add(what + " " + YamlReader.text(key));
      }
      if (taken != null) {
        merged.put(key, taken);
      }
    }
    return new Mapping(merged);
  }

  private static boolean same(@Nullable Value one, @Nullable Value two) {
    return one == null ? two == null : one.equals(two);
  }

  private Merged data(Mapping base, Mapping mine, Mapping other, String ours, String theirs)
      throws IOException {
    var before = parts(base);
    var left = parts(mine);
    var right = parts(other);
    var directory = directory(before, left, right);
    if (directory.isPresent()) {
      var content = directory.get();
      left = content.apply(left);
      right = content.apply(right);
    }
    var merged = union(before, left, right, "key");
    if (!conflicts.isEmpty()) {
      return new Merged(ConflictMarkers.whole(ours, theirs), conflicts);
    }
    var text = new YamlDocument("ours", ours).update(List.of(), whole(merged));
    return new Merged(text.text(), List.of());
  }

  /// A `.dvc` file with the content of its output as one value: `outs` by key, the rest as it is.
  private static Mapping parts(Mapping file) {
    var parts = new LinkedHashMap<Value, Value>(file.entries());
    if (file.entries().get(OUTS) instanceof Items(var outs)
        && outs.size() == 1
        && outs.getFirst() instanceof Mapping out) {
      var content = new LinkedHashMap<Value, Value>();
      parts.remove(OUTS);
      out.entries()
          .forEach(
              (key, value) -> {
                boolean isContent = CONTENT.contains(YamlReader.text(key));
                (isContent ? content : parts)
                    .put(isContent ? key : Value.of("outs." + YamlReader.text(key)), value);
              });
      parts.put(OUTS, new Mapping(content));
    }
    return new Mapping(parts);
  }

  private static Mapping whole(Mapping parts) {
    var file = new LinkedHashMap<Value, Value>();
    var out = new LinkedHashMap<Value, Value>();
    if (parts.entries().get(OUTS) instanceof Mapping content) {
      out.putAll(content.entries());
    }
    parts
        .entries()
        .forEach(
            (key, value) -> {
              var name = YamlReader.text(key);
              if (name.startsWith("outs.")) {
                out.put(Value.of(name.substring("outs.".length())), value);
              } else if (!key.equals(OUTS)) {
                file.put(key, value);
              }
            });
    if (!out.isEmpty()) {
      file.put(OUTS, new Items(List.of(new Mapping(out))));
    }
    return new Mapping(file);
  }

  private record Content(Mapping value) {
    Mapping apply(Mapping parts) {
      var changed = new LinkedHashMap<>(parts.entries());
      changed.put(OUTS, value);
      return new Mapping(changed);
    }
  }

  /// The union of directories that both sides changed; empty when it is not about directories, or
  /// the cache lacks a listing.
  private Optional<Content> directory(Mapping base, Mapping mine, Mapping other)
      throws IOException {
    boolean contradict =
        !same(mine.entries().get(OUTS), other.entries().get(OUTS))
            && !same(mine.entries().get(OUTS), base.entries().get(OUTS))
            && !same(other.entries().get(OUTS), base.entries().get(OUTS));
    var before =
        base.entries().containsKey(OUTS) ? files(base) : Optional.of(Map.<String, Hash>of());
    var left = files(mine);
    var right = files(other);
    if (!contradict || before.isEmpty() || left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    var united = unite(before.get(), left.get(), right.get());
    if (!conflicts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Content(content(united)));
  }

  private Optional<Map<String, Hash>> files(Mapping parts) throws IOException {
    var md5 = within(parts, OUTS).get("md5").map(YamlReader::text).orElse("");
    if (!md5.endsWith(".dir") || within(parts, OUTS).get("hash").isEmpty()) {
      return Optional.empty();
    }
    var hash = new Hash(md5);
    return cache.contains(hash) ? Optional.of(cache.listing(hash).files()) : Optional.empty();
  }

  private Map<String, Hash> unite(
      Map<String, Hash> base, Map<String, Hash> mine, Map<String, Hash> other) {
    var united = new HashMap<String, Hash>();
    Set<String> names = new LinkedHashSet<>(mine.keySet());
    names.addAll(other.keySet());
    for (var name : names) {
      var before = Optional.ofNullable(base.get(name));
      var ours = Optional.ofNullable(mine.get(name));
      var theirs = Optional.ofNullable(other.get(name));
      if (!ours.equals(theirs) && !ours.equals(before) && !theirs.equals(before)) {
        conflicts.add("file " + name);
      }
      (ours.equals(before) ? theirs : ours).ifPresent(hash -> united.put(name, hash));
    }
    return united;
  }

  private Mapping content(Map<String, Hash> files) throws IOException {
    long size = 0;
    boolean known = true;
    for (var hash : files.values()) {
      known &= Files.exists(cache.object(hash));
      size += known ? Files.size(cache.object(hash)) : 0;
    }
    var hash = cache.add(DirectoryListing.of(files));
    var content = new LinkedHashMap<Value, Value>();
    content.put(Value.of("md5"), Value.of(hash.value()));
    if (known) {
      content.put(Value.of("size"), Value.of(size));
    }
    content.put(Value.of("nfiles"), Value.of(files.size()));
    content.put(Value.of("hash"), Value.of("md5"));
    return new Mapping(content);
  }
}
