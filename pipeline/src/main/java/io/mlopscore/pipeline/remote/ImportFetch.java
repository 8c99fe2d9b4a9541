package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ImportedContents;
import io.mlopscore.pipeline.PartialImport;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.pipeline.remote.DataExchange.Result;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Set;

/// Gets imported data into the cache from where it comes from, rather than from a remote.
record ImportFetch(Pipeline pipeline, Imports imports, Warnings warnings) {
  /// Of imports that recorded what they hold; data of other kinds is left out.
  Result recorded(List<UsedData> used) throws IOException {
    var result = Result.NOTHING;
    for (var data : used) {
      if (data.imported().isPresent() && !pipeline.cache().containsAll(data.content().hash())) {
        try {
          imports.fetch(data.imported().get(), data.content());
          result = result.and(moved(1));
        } catch (PipelineException | NoSuchFileException e) {
          result = result.and(failed(data.object(), e));
        }
      }
    }
    return result;
  }

  /// Of imports that left their data for later, if it still is what their files say.
  Result later(List<PartialImport> partials) throws IOException {
    var contents = new ImportedContents(pipeline);
    var result = Result.NOTHING;
    for (var partial : partials) {
      if (!partial.unasked() && contents.of(partial).isEmpty()) {
        result = result.and(later(partial, contents));
      }
    }
    return result;
  }

  private Result later(PartialImport partial, ImportedContents contents) {
    try {
      var content = imports.keep(partial);
      if (content.isEmpty()) {
        warnings.warn(
            "'%s' is not what it was when '%s' was written; `mlops update` takes over what is there"
                .formatted(partial.source(), pipeline.shown(partial)));
        return Result.NOTHING;
      }
      contents.put(partial, content.get());
      return moved(Math.max(1, content.get().files()));
    } catch (PipelineException | IOException e) {
      var name = pipeline.shown(partial.output());
      return failed(StoredObject.of(partial.checksum().orElseThrow(), name), e);
    }
  }

  private static Result moved(int objects) {
    return new Result(objects, Set.of(), List.of(), 0);
  }

  private static Result failed(StoredObject object, Exception reason) {
    var failure = new FailedObject(object, String.valueOf(reason.getMessage()));
    return new Result(0, Set.of(), List.of(failure), 0);
  }
}
