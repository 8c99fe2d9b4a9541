package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.Tracked;
import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Items;
import io.mlopscore.pipeline.yaml.Value.Mapping;
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
  private final UrlImport imports;
  private final Map<String, String> options;
  private final Optional<String> remote;
  private final int jobs;
  private final Progress progress;

  /// @param options of the URL, by the names that remotes have for them
  /// @param remote where it goes; empty for the default one
  /// @param jobs how many files to copy at a time
  public RemoteImport(
      Pipeline pipeline,
      Map<String, String> options,
      Optional<String> remote,
      int jobs,
      Progress progress) {
    this.pipeline = pipeline;
    this.options = options;
    this.imports = new UrlImport(pipeline, options, jobs, progress);
    this.remote = remote;
    this.jobs = jobs;
    this.progress = progress;
  }

  /// Takes data over from a URL, and remembers where it came from.
  ///
  /// @param out what it is called here; empty for the URL's last name
  /// @param force replace what is there
  /// @return the files that git should get
  public Set<Path> add(String url, String out, boolean force) throws IOException {
    var target = imports.target(url, out, force);
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    UrlImport.requireFree(pipeline, target, definition);
    var recorded = imports.recorded(url, definition);
    try (var source = imports.open(recorded, options, definition)) {
      return send(recorded, options, source, target, definition);
    }
  }

  private Set<Path> send(
      String url, Map<String, String> with, UrlSource source, Path target, Path definition)
      throws IOException {
    var version = UrlImport.fields(source.version());
    var out = transfer(source, target);
    var ignored = pipeline.ignore(target);
    UrlImport.store(definition, UrlImport.document(definition, url, with, version, out, true));
    return written(definition, ignored);
  }

  private static Set<Path> written(Path definition, Optional<Path> ignored) {
    return ignored.map(file -> Set.of(definition, file)).orElse(Set.of(definition));
  }

  private Mapping transfer(UrlSource source, Path target) throws IOException {
    var remotes = new Remotes(pipeline.repository().config(), OptionalInt.of(jobs));
    var scratch = pipeline.repository().temporary().resolve("transit-" + UUID.randomUUID());
    try (var to = remotes.open(remotes.name(remote))) {
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
        out.isEmpty() ? pipeline.resolve(UrlImport.last(url)) : imports.target(url, out, force);
    var definition = target.resolveSibling(target.getFileName() + ".dvc");
    UrlImport.requireFree(pipeline, target, definition);
    var recorded = imports.recorded(url, definition);
    try (var source = imports.open(recorded, options, definition)) {
      var tracked = transfer(source, target);
      var ignored = pipeline.ignore(target);
      UrlImport.store(definition, Mapping.EMPTY.with("outs", new Items(List.of(tracked))));
      return written(definition, ignored);
    }
  }

  /// Takes data over again if it changed where it came from.
  ///
  /// @return whether anything was written
  public boolean update(Path definition) throws IOException {
    var known = imports.known(definition);
    try (var source = imports.open(known.url(), known.options(), definition)) {
      if (known.isStill(source.version())) {
        return false;
      }
      send(known.url(), known.options(), source, known.target(), definition);
      return true;
    }
  }
}
