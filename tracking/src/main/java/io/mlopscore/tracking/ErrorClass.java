package io.mlopscore.tracking;

/// MLflow's classes of errors, with the SQLSTATE that its server sends for each.
public enum ErrorClass {
  INVALID_PARAMETER_VALUE("KAM00"),
  RESOURCE_ALREADY_EXISTS("KAM00"),
  RESOURCE_NOT_FOUND("KAM00"),
  PERMISSION_DENIED("KAM00"),
  CLIENT_INTERNAL_ERROR("XXM00");

  private final String sqlState;

  ErrorClass(String sqlState) {
    this.sqlState = sqlState;
  }

  public String sqlState() {
    return sqlState;
  }
}
