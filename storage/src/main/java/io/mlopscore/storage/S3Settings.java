package io.mlopscore.storage;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Where S3 is. Credentials come from where AWS's tools find them: environment, profile, role.
///
/// @param endpoint a server other than Amazon's: `MLFLOW_S3_ENDPOINT_URL`, as for MLflow
/// @param region `AWS_REGION` or `AWS_DEFAULT_REGION`, else what the profile says
/// @param pathStyle whether the bucket stands in the path rather than in the host name; servers
///     other than Amazon's seldom have a host name for each bucket.
///     `MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE=virtual` says that one does
record S3Settings(Optional<URI> endpoint, Region region, boolean pathStyle) {
  static S3Settings of(Map<String, String> environment) {
    var endpoint =
        first(environment, "MLFLOW_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
            .map(URI::create);
    var style = environment.getOrDefault("MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE", "auto");
    var pathStyle = style.equals("path") || (endpoint.isPresent() && !style.equals("virtual"));
    return new S3Settings(endpoint, region(environment, endpoint.isPresent()), pathStyle);
  }

  private static Region region(Map<String, String> environment, boolean otherServer) {
    var named = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").map(Region::of);
    if (named.isPresent()) {
      return named.get();
    }
    // Another server takes any region; asking the machine's metadata for one may take seconds.
    return otherServer
        ? Region.US_EAST_1
        : DefaultAwsRegionProviderChain.builder().build().getRegion();
  }

  private static Optional<String> first(Map<String, String> environment, String... names) {
    for (var name : names) {
      var value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /// Checksums that S3 learned in 2024 are left out: servers of its protocol refuse them.
  S3Client client() {
    var builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .forcePathStyle(pathStyle)
            .crossRegionAccessEnabled(endpoint.isEmpty())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    return locate(builder).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B locate(B builder) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder.region(region);
  }

  S3Presigner presigner() {
    var builder =
        S3Presigner.builder()
            .region(region)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
