package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The versions of artifacts, which tags of git name as GTO has it: `name@v1.2.3` is a version,
/// `name#prod#2` says that a stage has it.
///
/// An artifact of a `dvc.yaml` in a folder is called `folder:name`, with `=` for `/` in tags.
public final class ArtifactVersions {
  private static final Pattern VERSION =
      Pattern.compile("v(\\d+)\\.(\\d+)\\.(\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?");

  private record Version(String tag, int major, int minor, int patch, String before) {
    /// What has an addition such as `-rc1` comes before what has none.
    static final Comparator<Version> ORDER =
        Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch)
            .thenComparing(version -> version.before().isEmpty())
            .thenComparing(Version::before);
  }

  private final Git git;

  public ArtifactVersions(Git git) {
    this.git = git;
  }

  /// The commit of a version, of what a stage has, or of the newest version.
  ///
  /// @throws PipelineException when there is none
  public String find(String name, Optional<String> version, Optional<String> stage)
      throws IOException {
    var prefix = plain(name).replace('/', '=');
    var tag = stage.isPresent() ? assigned(prefix, stage.get()) : version(prefix, version);
    var wanted = version.or(() -> stage).map(found -> " @ " + found).orElse("");
    return git.commit(
        "refs/tags/"
            + tag.orElseThrow(
                () ->
                    new PipelineException(
                        "Unable to find artifact '%s%s'".formatted(name, wanted))));
  }

  private Optional<String> version(String prefix, Optional<String> wanted) throws IOException {
    var versions = new ArrayList<Version>();
    for (var tag : git.tags()) {
      if (tag.startsWith(prefix + "@")) {
        var matcher = VERSION.matcher(tag.substring(prefix.length() + 1));
        if (matcher.matches()) {
          versions.add(
              new Version(
                  tag,
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  Integer.parseInt(matcher.group(3)),
                  Optional.ofNullable(matcher.group(4)).orElse("")));
        }
      }
    }
    return versions.stream()
        .filter(version -> wanted.isEmpty() || version.tag().equals(prefix + "@" + wanted.get()))
        .max(Version.ORDER)
        .map(Version::tag);
  }

  /// The tag with the highest number counts; one with `!` takes the stage away.
  private Optional<String> assigned(String prefix, String stage) throws IOException {
    var pattern =
        Pattern.compile(Pattern.quote(prefix) + "#" + Pattern.quote(stage) + "(!?)(?:#(\\d+))?");
    Optional<String> newest = Optional.empty();
    int highest = -1;
    for (var tag : git.tags()) {
      var matcher = pattern.matcher(tag);
      if (matcher.matches()) {
        int number = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        if (number > highest) {
          highest = number;
          newest = matcher.group(1).isEmpty() ? Optional.of(tag) : Optional.empty();
        }
      }
    }
    return newest;
  }

  /// `a/dvc.yaml:name` and `a:name` are the same, and so are `dvc.yaml:name` and `name`.
  private static String plain(String name) {
    int colon = name.lastIndexOf(':');
    if (colon < 0) {
      return name;
    }
    var folder = name.substring(0, colon).replaceFirst("(^|/)dvc\\.yaml$", "");
    return folder.isEmpty() ? name.substring(colon + 1) : folder + name.substring(colon);
  }

  /// Where an artifact is in its repository.
  ///
  /// @throws PipelineException when no `dvc.yaml` declares it
  public static String path(SourceRepository repository, String name) throws IOException {
    var parts = List.of(plain(name).split(":", 2));
    var folder = parts.size() > 1 ? parts.getFirst() + "/" : "";
    for (var declared : repository.files().pipeline().declarations()) {
      var file = repository.files().pipeline().repository().relative(declared.file());
      if (file.equals(folder + "dvc.yaml")
          && declared.artifacts().get(parts.getLast()).orElse(Value.none())
              instanceof Mapping artifact) {
        return folder + artifact.get("path").map(YamlReader::text).orElse("");
      }
    }
    throw new PipelineException("Unable to find artifact '%s'".formatted(name));
  }
}
