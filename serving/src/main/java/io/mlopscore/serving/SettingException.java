package io.mlopscore.serving;

/// A setting with which the service must not start; the message names it and says what to do.
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingException(String setting, String problem) {
    super(setting + ": " + problem);
  }

  SettingException(String setting, Exception cause) {
    super(setting + ": " + cause.getMessage(), cause);
  }
}
