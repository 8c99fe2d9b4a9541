package io.mlopscore.app;

import io.mlopscore.pipeline.NoRepositoryException;
import io.mlopscore.pipeline.Pipeline;
import io.mlopscore.training.TableDigest;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that every candidate is judged on, and the digest that tells them from others.
///
/// @param digest the MD5 of the file, as `dvc.lock` and `*.dvc` files have it
record FrozenData(CsvFile rows, String digest) {

  /// Reads the file, and makes sure that it is the one that was frozen.
  ///
  /// @param directory where the repository is, if there is one
  /// @param expected the digest that it must have; null for the one that the repository records, if
  ///     it records one
  /// @throws IOException if it is another
  static FrozenData read(Path directory, Path file, @Nullable String expected) throws IOException {
    var rows = CsvFile.read(file);
    var digest = TableDigest.md5(rows);
    if (expected != null) {
      require(file, digest, plain(expected), "--digest");
    } else {
      var recorded = recorded(directory, file);
      if (recorded.isPresent()) {
        require(file, digest, recorded.get(), "the repository");
      }
    }
    return new FrozenData(rows, digest);
  }

  private static String plain(String expected) throws IOException {
    var plain = expected.toLowerCase(Locale.ROOT).replaceFirst("^md5:", "");
    if (plain.matches("[0-9a-f]{32}")) {
      return plain;
    }
    throw new IOException(
        "--digest: '" + expected + "' is not an MD5 of 32 hexadecimal digits, as dvc.lock has it");
  }

  private static void require(Path file, String digest, String expected, String who)
      throws IOException {
    if (!digest.equals(expected)) {
      throw new IOException(
          "%s: its MD5 is %s, but %s says %s. Verdicts on other rows cannot be compared: get the frozen file (`mlops checkout`), or say the new digest on purpose."
              .formatted(file, digest, who, expected));
    }
  }

  /// What `dvc.lock` or a `*.dvc` file says of the file; empty if it has no version of its own.
  private static Optional<String> recorded(Path directory, Path file) throws IOException {
    try {
      var pipeline = Pipeline.open(directory);
      var absolute = file.toAbsolutePath().normalize();
      for (var node : pipeline.nodes()) {
        for (var output : node.outputs()) {
          if (output.file().equals(absolute)) {
            return pipeline.recorded(node, output).map(found -> found.hash().value());
          }
        }
      }
    } catch (NoRepositoryException _) {
      // Then nothing is recorded.
    }
    return Optional.empty();
  }
}
