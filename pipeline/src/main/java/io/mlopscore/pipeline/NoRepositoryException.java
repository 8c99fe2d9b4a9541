package io.mlopscore.pipeline;

/// A command that works on a repository was started outside of one.
public final class NoRepositoryException extends PipelineException {
  private static final long serialVersionUID = 1L;

  public NoRepositoryException(String message) {
    super(message);
  }
}
