package io.mlopscore.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
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
/// @param options what is set for one bucket alone
record S3Settings(Optional<URI> endpoint, Region region, boolean pathStyle, S3Options options) {
  static S3Settings of(Map<String, String> environment) {
    return of(environment, S3Options.NONE);
  }

  static S3Settings of(Map<String, String> environment, S3Options options) {
    var endpoint =
        options
            .endpoint()
            .or(
                () ->
                    first(
                            environment,
                            "MLFLOW_S3_ENDPOINT_URL",
                            "AWS_ENDPOINT_URL_S3",
                            "AWS_ENDPOINT_URL")
                        .map(URI::create));
    var style = environment.getOrDefault("MLFLOW_BOTO_CLIENT_ADDRESSING_STYLE", "auto");
    var pathStyle = style.equals("path") || (endpoint.isPresent() && !style.equals("virtual"));
    var region = options.region().map(Region::of);
    return new S3Settings(
        endpoint,
        region.orElseGet(() -> region(environment, endpoint.isPresent(), options)),
        pathStyle,
        options);
  }

  private static Region region(
      Map<String, String> environment, boolean otherServer, S3Options options) {
    var named = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").map(Region::of);
    if (named.isPresent()) {
      return named.get();
    }
    // Another server takes any region; asking the machine's metadata for one may take seconds.
    return otherServer
        ? Region.US_EAST_1
        : DefaultAwsRegionProviderChain.builder()
            .profileFile(() -> profiles(options))
            .profileName(options.profile().orElse(null))
            .build()
            .getRegion();
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
  S3Client client() throws IOException {
    var trust = options.tls().trustManagers();
    var builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .tlsTrustManagersProvider(() -> trust)
                    .connectionTimeout(options.timeouts().connect())
                    .socketTimeout(options.timeouts().read()))
            .overrideConfiguration(
                override ->
                    override
                        .addExecutionInterceptor(
                            new S3Headers(options.headers(), options.keyHeaders()))
                        .addExecutionInterceptor(new S3Failures()))
            .forcePathStyle(pathStyle)
            .crossRegionAccessEnabled(endpoint.isEmpty())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    return locate(builder).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B locate(B builder) {
    endpoint.ifPresent(builder::endpointOverride);
    credentials().ifPresent(builder::credentialsProvider);
    return builder.region(region);
  }

  /// Empty for where AWS's tools look by themselves.
  private Optional<AwsCredentialsProvider> credentials() {
    if (options.anonymous()) {
      return Optional.of(AnonymousCredentialsProvider.create());
    }
    if (options.keys().isPresent()) {
      return options.keys().map(S3Settings::credentials);
    }
    if (options.profile().isEmpty()
        && options.credentialsFile().isEmpty()
        && options.configFile().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        DefaultCredentialsProvider.builder()
            .profileFile(() -> profiles(options))
            .profileName(options.profile().orElse(null))
            .build());
  }

  private static AwsCredentialsProvider credentials(S3Options.Keys keys) {
    return StaticCredentialsProvider.create(
        keys.token().isPresent()
            ? AwsSessionCredentials.create(keys.id(), keys.secret(), keys.token().get())
            : AwsBasicCredentials.create(keys.id(), keys.secret()));
  }

  private static ProfileFile profiles(S3Options options) {
    if (options.credentialsFile().isEmpty() && options.configFile().isEmpty()) {
      return ProfileFile.defaultProfileFile();
    }
    var files = ProfileFile.aggregator();
    options
        .configFile()
        .ifPresent(file -> files.addFile(profile(file, ProfileFile.Type.CONFIGURATION)));
    options
        .credentialsFile()
        .ifPresent(file -> files.addFile(profile(file, ProfileFile.Type.CREDENTIALS)));
    return files.build();
  }

  private static ProfileFile profile(Path file, ProfileFile.Type type) {
    return ProfileFile.builder().content(file).type(type).build();
  }

  S3Presigner presigner() {
    var builder =
        S3Presigner.builder()
            .region(region)
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
    endpoint.ifPresent(builder::endpointOverride);
    credentials().ifPresent(builder::credentialsProvider);
    return builder.build();
  }
}
