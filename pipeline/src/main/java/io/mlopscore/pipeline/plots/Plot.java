package io.mlopscore.pipeline.plots;

import io.mlopscore.pipeline.yaml.Value;
import java.util.List;
import java.util.Map;

/// Something drawn, with all revisions in it.
public sealed interface Plot {
  String name();

  /// A drawing of data.
  ///
  /// @param revisions those that have data
  /// @param drawing Vega-Lite; empty when no revision has data
  /// @param filled what was left out of `drawing` by the name of its gap, if that was asked for
  record Vega(String name, List<String> revisions, Value drawing, Map<String, Value> filled)
      implements Plot {
    public Vega {
      revisions = List.copyOf(revisions);
      filled = Map.copyOf(filled);
    }
  }

  /// A picture that a stage made.
  record Images(String name, List<Image> images) implements Plot {
    public Images {
      images = List.copyOf(images);
    }
  }

  /// A picture at one revision.
  final class Image {
    private final String revision;
    private final String file;
    private final byte[] content;

    Image(String revision, String file, byte[] content) {
      this.revision = revision;
      this.file = file;
      this.content = content.clone();
    }

    public String revision() {
      return revision;
    }

    public String file() {
      return file;
    }

    /// What a copy of it is called.
    public String copyName() {
      return (revision + "_" + file).replace('/', '_').replace('\\', '_');
    }

    public byte[] content() {
      return content.clone();
    }
  }
}
