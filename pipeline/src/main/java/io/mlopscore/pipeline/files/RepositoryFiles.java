package io.mlopscore.pipeline.files;

import io.mlopscore.pipeline.DataTree;
import io.mlopscore.pipeline.DataTree.Content;
import io.mlopscore.pipeline.DataTree.Depth;
import io.mlopscore.pipeline.Hash;
import io.mlopscore.pipeline.ObjectFiles;
import io.mlopscore.pipeline.ObjectSource;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.files.FileEntry.Source.InCache;
import io.mlopscore.pipeline.files.FileEntry.Source.InGit;
import io.mlopscore.pipeline.files.FileEntry.Source.OnDisk;
import io.mlopscore.pipeline.git.Git;
import io.mlopscore.pipeline.git.Revisions;
import io.mlopscore.pipeline.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of a repository at a moment, data among them: whether data is in its place or only
/// recorded makes no difference, as long as the cache has it.
public final class RepositoryFiles {
  private final Pipeline pipeline;
  private final Optional<Git> git;
  private final BaseFiles base;
  private final ObjectSource objects;
  private final DataTree data;

  private RepositoryFiles(
      Pipeline pipeline, Optional<Git> git, BaseFiles base, ObjectSource objects)
      throws IOException {
    this.pipeline = pipeline;
    this.git = git;
    this.base = base;
    this.objects = objects;
    this.data = DataTree.recorded(pipeline, Depth.FILES, objects);
  }

  /// Those of the workspace.
  public static RepositoryFiles of(Pipeline workspace) throws IOException {
    return of(workspace, ObjectSource.of(workspace.cache()));
  }

  /// As above.
  ///
  /// @param objects where data comes from that is not in its place
  public static RepositoryFiles of(Pipeline workspace, ObjectSource objects) throws IOException {
    var base = new DiskFiles(workspace.repository());
    return new RepositoryFiles(workspace, Optional.empty(), base, objects);
  }

  /// Those of a revision.
  ///
  /// @throws PipelineException when there is no such revision
  public static RepositoryFiles at(Revisions revisions, String revision) throws IOException {
    var then = revisions.at(revision);
    return at(revisions, revision, ObjectSource.of(then.cache()));
  }

  /// As above.
  ///
  /// @param objects where data comes from
  public static RepositoryFiles at(Revisions revisions, String revision, ObjectSource objects)
      throws IOException {
    var git = revisions.git();
    var base = new GitFiles(git, git.commit(revision), revisions.prefix());
    return revisions.reading(
        () -> new RepositoryFiles(revisions.at(revision), Optional.of(git), base, objects));
  }

  /// The stages and data of that moment.
  public Pipeline pipeline() {
    return pipeline;
  }

  /// What is at a path.
  ///
  /// @param path relative to the root, with `/`
  public Optional<FileEntry> find(String path) throws IOException {
    var found = base.find(path);
    var recorded = recorded(path);
    return found.isPresent()
        ? found.map(file -> recorded.filter(FileEntry::isOutput).map(file::asOutput).orElse(file))
        : recorded;
  }

  private Optional<FileEntry> recorded(String path) {
    boolean isAbove = false;
    for (var output : data.outputs().entrySet()) {
      var own = output.getKey();
      if (path.equals(own) || path.startsWith(own + "/")) {
        return recorded(own, output.getValue(), path);
      }
      isAbove |= path.isEmpty() || own.startsWith(path + "/");
    }
    return isAbove ? Optional.of(FileEntry.folder(path)) : Optional.empty();
  }

  private static Optional<FileEntry> recorded(String own, Content content, String path) {
    if (path.equals(own)) {
      return Optional.of(output(own, content));
    }
    var within = path.substring(own.length() + 1);
    var files = content.files().orElse(new TreeMap<>());
    if (files.containsKey(within)) {
      return Optional.of(data(path, Optional.ofNullable(files.get(within))));
    }
    return below(files, within).isEmpty() ? Optional.empty() : Optional.of(dataFolder(path));
  }

  private static FileEntry output(String path, Content content) {
    boolean isFolder = content.isDirectory();
    return new FileEntry(
        path, isFolder, true, content.executable(), content.size(), content.hash(), new InCache());
  }

  private static FileEntry data(String path, Optional<Hash> hash) {
    return new FileEntry(path, false, true, false, FileEntry.UNKNOWN, hash, new InCache());
  }

  private static FileEntry dataFolder(String path) {
    return new FileEntry(
        path, true, true, false, FileEntry.UNKNOWN, Optional.empty(), new InCache());
  }

  private static SortedMap<String, Hash> below(SortedMap<String, Hash> files, String folder) {
    return folder.isEmpty() ? files : files.subMap(folder + "/", folder + "0");
  }

  /// What is directly in a folder, by path.
  public List<FileEntry> children(String folder) throws IOException {
    var children = new TreeMap<String, FileEntry>(JsonText.BY_CODE_POINT);
    var prefix = folder.isEmpty() ? "" : folder + "/";
    for (var output : data.outputs().entrySet()) {
      var own = output.getKey();
      if (own.startsWith(prefix)) {
        child(children, prefix, own, output(own, output.getValue()));
      } else if (folder.equals(own) || folder.startsWith(own + "/")) {
        var files = output.getValue().files().orElse(new TreeMap<>());
        var within = folder.equals(own) ? "" : folder.substring(own.length() + 1);
        for (var file : below(files, within).entrySet()) {
          var path = own + "/" + file.getKey();
          child(children, prefix, path, data(path, Optional.of(file.getValue())));
        }
      }
    }
    for (var entry : base.children(folder)) {
      var recorded = Optional.ofNullable(children.get(entry.path()));
      children.put(
          entry.path(), recorded.filter(FileEntry::isOutput).map(entry::asOutput).orElse(entry));
    }
    return List.copyOf(children.values());
  }

  private static void child(
      SortedMap<String, FileEntry> children, String prefix, String path, FileEntry entry) {
    int slash = path.indexOf('/', prefix.length());
    if (slash < 0) {
      children.put(path, entry);
    } else {
      var folder = path.substring(0, slash);
      boolean isData = entry.source() instanceof InCache && entry.size() == FileEntry.UNKNOWN;
      children.putIfAbsent(folder, isData ? dataFolder(folder) : FileEntry.folder(folder));
    }
  }

  /// The files at or below a path, by path.
  public List<FileEntry> below(String path) throws IOException {
    var entry = find(path);
    if (entry.isEmpty()) {
      return List.of();
    }
    if (!entry.get().isFolder()) {
      return List.of(entry.get());
    }
    var files = new ArrayList<FileEntry>();
    for (var child : children(path)) {
      files.addAll(child.isFolder() ? below(child.path()) : List.of(child));
    }
    return files;
  }

  /// Whether an entry is data or a folder with data in it.
  public boolean hasData(FileEntry entry) {
    return entry.isOutput()
        || (entry.isFolder()
            && data.outputs().keySet().stream()
                .anyMatch(output -> output.startsWith(entry.path() + "/")));
  }

  /// @throws PipelineException when it is data that cannot be had
  public byte[] read(FileEntry file) throws IOException {
    return switch (file.source()) {
      case OnDisk(var path) -> Files.readAllBytes(path);
      case InGit(var id) -> git.orElseThrow().feed(new byte[0], "cat-file", "blob", id);
      case InCache() -> Files.readAllBytes(object(file));
    };
  }

  /// Makes a copy of a file where nothing is yet.
  ///
  /// @throws PipelineException when it is data that cannot be had
  public void copy(FileEntry file, Path target) throws IOException {
    switch (file.source()) {
      case OnDisk(var path) -> ObjectFiles.on(target).copy(path, target, false);
      case InGit _ -> Files.write(target, read(file));
      case InCache() -> ObjectFiles.on(target).copy(object(file), target, false);
    }
  }

  private Path object(FileEntry file) throws IOException {
    var hash = file.hash().filter(found -> !found.isDirectory());
    var object = hash.isPresent() ? objects.find(hash.get()) : Optional.<Path>empty();
    return object.orElseThrow(
        () ->
            new PipelineException(
                "'%s' is neither in the cache nor in a remote that could be asked"
                    .formatted(file.path())));
  }
}
