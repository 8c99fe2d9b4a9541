package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.WholeFile;
import io.mlopscore.pipeline.remote.ImportFile.FromUrl;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/// Data that goes from where it is straight to a remote; the workspace gets its `*.dvc` file alone.
public final class RemoteImport {
  private final Pipeline pipeline;
  private final Optional<String> remote;
  private final int jobs;
  private final Progress progress;

  /// @param remote where it goes; empty for the default one
  /// @param jobs how many files to copy at a time
  public RemoteImport(Pipeline pipeline, Optional<String> remote, int jobs, Progress progress) {
    this.pipeline = pipeline;
    this.remote = remote;
    this.jobs = jobs;
    this.progress = progress;
  }

  /// Takes data over from a URL, and remembers where it came from.
  ///
  /// @param options of the URL, by the names that remotes have for them
  /// @param out what it is called here; empty for the URL's last name
  /// @param force replace what is there
  /// @return the files that git should get
  public Set<Path> add(String url, Map<String, String> options, String out, boolean force)
      throws IOException {
    var target = UrlImport.target(pipeline, url, out, force);
    var file = UrlImport.file(pipeline, url, options, target);
    try (var source = UrlImport.open(pipeline, file)) {
      return send(source, file);
    }
  }

  private Set<Path> send(UrlSource source, FromUrl file) throws IOException {
    var version = source.version();
    var out = transfer(source, file.target());
    var ignored = pipeline.ignore(file.target());
    file.holding(version, out).write();
    return written(file, ignored);
  }

  private static Set<Path> written(FromUrl file, Optional<Path> ignored) {
    return ignored
        .map(changed -> Set.of(file.definition(), changed))
        .orElse(Set.of(file.definition()));
  }

  private Mapping transfer(UrlSource source, Path target) throws IOException {
    var remotes = new Remotes(pipeline.repository().config(), OptionalInt.of(jobs));
    var scratch = pipeline.repository().temporary().resolve("transit-" + UUID.randomUUID());
    var instead = "leave out --to-remote, and `mlops push` it then";
    try (var to = remotes.openByHash(remotes.name(remote), instead)) {
      var sent = new Transit(to, scratch, jobs, progress).send(source, pipeline.shown(target));
      return out(target.getFileName().toString(), sent);
    }
  }

  private static Mapping out(String name, Tracked content) {
    var out =
        Mapping.EMPTY
            .with("md5", Value.of(content.hash().value()))
            .with("size", Value.of(content.size()));
    if (content.files() > 0) {
      out = out.with("nfiles", Value.of(content.files()));
    }
    return out.with("hash", Value.of("md5")).with("path", Value.of(name));
  }

  /// Tracks a file or folder as data, without saying where it came from.
  ///
  /// @param url a path, or a URL
  /// @param out what it is called here; empty for its last name
  /// @return the files that git should get
  public Set<Path> track(String url, String out, boolean force) throws IOException {
    var target =
        out.isEmpty()
            ? pipeline.resolve(UrlFiles.last(url))
            : UrlImport.target(pipeline, url, out, force);
    var file = UrlImport.file(pipeline, url, Map.of(), target);
    try (var source = UrlImport.open(pipeline, file)) {
      var tracked = transfer(source, target);
      var ignored = pipeline.ignore(target);
      var document = Mapping.EMPTY.with("outs", new Items(List.of(tracked)));
      WholeFile.write(file.definition(), YamlWriter.document(document));
      return written(file, ignored);
    }
  }

  /// Takes data over again if it changed where it came from.
  ///
  /// @return whether anything was written
  public boolean update(FromUrl file) throws IOException {
    try (var source = UrlImport.open(pipeline, file)) {
      if (file.isStill(source.version())) {
        return false;
      }
      send(source, file);
      return true;
    }
  }
}
