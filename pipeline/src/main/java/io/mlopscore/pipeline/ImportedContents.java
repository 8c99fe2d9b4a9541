package io.mlopscore.pipeline;

import io.mlopscore.pipeline.yaml.Value;
import io.mlopscore.pipeline.yaml.Value.Mapping;
import io.mlopscore.pipeline.yaml.YamlReader;
import io.mlopscore.pipeline.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What was fetched for imports whose `*.dvc` files name no content, so that a checkout can tell.
///
/// By the checksums of those files: one that says something else is another import. Files of ours;
/// when they are lost, the next fetch brings them again.
public final class ImportedContents {
  private final Path folder;
  private final ContentCache cache;

  public ImportedContents(Pipeline pipeline) {
    this.folder = pipeline.repository().own().resolve("imports");
    this.cache = pipeline.cache();
  }

  /// What the cache has of an import; empty when it was not fetched.
  public Optional<Tracked> of(PartialImport partial) throws IOException {
    var fetched = fetched(partial);
    var content = fetched.isPresent() ? fetched : partial.said();
    return content.isPresent() && cache.containsAll(content.get().hash())
        ? content
        : Optional.empty();
  }

  private Optional<Tracked> fetched(PartialImport partial) throws IOException {
    var file = partial.checksum().map(this::file);
    return file.isPresent() && Files.exists(file.get())
        ? Optional.of(LockText.content(YamlReader.mapping(file.get()), file.get().toString()))
        : Optional.empty();
  }

  public void put(PartialImport partial, Tracked content) throws IOException {
    Files.createDirectories(folder);
    var fields = LockText.content(content);
    fields.put(LockText.HASH, Value.of("md5"));
    WholeFile.write(
        file(partial.checksum().orElseThrow()), YamlWriter.document(new Mapping(fields)));
  }

  private Path file(Hash checksum) {
    return folder.resolve(checksum.value());
  }
}
