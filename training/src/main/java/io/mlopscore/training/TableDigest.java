package io.mlopscore.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlopscore.tracking.Dataset;
import io.mlopscore.tracking.DatasetInput;
import io.mlopscore.training.csv.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// Describes a table as a data set of a run, in MLflow's JSON. Its digest is the MD5 of the file,
/// which `dvc.lock` has too: the same 32 digits lead from a run to the data and back.
public final class TableDigest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TableDigest() {}

  /// @param target the column with the labels
  /// @param context what the run does with it, such as `training`
  public static DatasetInput input(CsvFile file, String target, String context) throws IOException {
    var fileName = String.valueOf(file.path().getFileName());
    var source = JSON.createObjectNode().put("uri", file.path().toString().replace('\\', '/'));
    var dataset =
        new Dataset(
            fileName.replaceFirst("\\.csv$", ""),
            md5(file),
            "local",
            source.toString(),
            schema(file, target),
            profile(file));
    return new DatasetInput(dataset, Map.of("mlflow.data.context", context));
  }

  private static String schema(CsvFile file, String target) {
    var columns = JSON.createArrayNode();
    for (var name : file.header()) {
      columns
          .addObject()
          .put("type", name.equals(target) ? "string" : "double")
          .put("name", name)
          .put("required", true);
    }
    return JSON.createObjectNode().set("mlflow_colspec", columns).toString();
  }

  private static String profile(CsvFile file) {
    return JSON.createObjectNode()
        .put("num_rows", file.rows().size())
        .put("num_elements", (long) file.rows().size() * file.header().size())
        .toString();
  }

  /// 32 hexadecimal digits, as in `dvc.lock`.
  public static String md5(CsvFile file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file.path()));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
