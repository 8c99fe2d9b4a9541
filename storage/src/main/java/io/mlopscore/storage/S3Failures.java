package io.mlopscore.storage;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Says which server it was that a request did not reach.
final class S3Failures implements ExecutionInterceptor {
  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    return context.exception() instanceof SdkClientException failure
            && context.httpRequest().isPresent()
        ? SdkClientException.create(
            Unreachable.server(context.httpRequest().get().getUri()) + ": " + failure.getMessage(),
            failure)
        : context.exception();
  }
}
