package io.mlopscore.pipeline;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/// Files that the real `dvc` wrote, its version in their names.
public final class Golden {
  private Golden() {}

  public static Path file(String name) throws IOException {
    var resource = Golden.class.getResource(name);
    if (resource == null) {
      throw new IOException("no golden file " + name);
    }
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
