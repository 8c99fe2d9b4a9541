package io.mlopscore.serving;

import java.io.IOException;

/// A source gave no answer: nobody was there, or whoever was could not say. That there is no such
/// model, or that the caller may not see it, is an answer.
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
