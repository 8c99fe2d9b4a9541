package io.mlopscore.storage;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/// Adds what a bucket asks for to the requests it asks it of, before they are signed.
///
/// @param writing headers of requests that make an object
/// @param content headers of requests that send or receive its content
record S3Headers(Map<String, String> writing, Map<String, String> content)
    implements ExecutionInterceptor {
  private static final Set<Class<? extends SdkRequest>> WRITING =
      Set.of(PutObjectRequest.class, CreateMultipartUploadRequest.class);
  private static final Set<Class<? extends SdkRequest>> CONTENT =
      Set.of(
          PutObjectRequest.class,
          CreateMultipartUploadRequest.class,
          UploadPartRequest.class,
          GetObjectRequest.class,
          HeadObjectRequest.class);

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    var request = context.httpRequest().toBuilder();
    if (WRITING.contains(context.request().getClass())) {
      writing.forEach(request::putHeader);
    }
    if (CONTENT.contains(context.request().getClass())) {
      content.forEach(request::putHeader);
    }
    return request.build();
  }
}
