package io.mlopscore.tracking.sql;

import java.util.UUID;

/// Fresh identifiers in MLflow's form.
final class Ids {
  private Ids() {}

  /// 32 random hexadecimal digits.
  static String fresh() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
