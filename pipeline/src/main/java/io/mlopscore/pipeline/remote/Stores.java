package io.mlopscore.pipeline.remote;

import io.mlopscore.pipeline.ConfigException;
import io.mlopscore.pipeline.Md5;
import io.mlopscore.pipeline.PipelineException;
import io.mlopscore.storage.AzureOptions;
import io.mlopscore.storage.GcsOptions;
import io.mlopscore.storage.HttpOptions;
import io.mlopscore.storage.LocalObjectStore;
import io.mlopscore.storage.ObjectStore;
import io.mlopscore.storage.ObjectStores;
import io.mlopscore.storage.S3Options;
import io.mlopscore.storage.SshOptions;
import io.mlopscore.storage.StoreOptions;
import io.mlopscore.storage.Tls;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Opens the store behind a URL with the options that DVC has for it.
///
/// A cloud's library is loaded when the first URL of its kind is opened.
final class Stores {
  /// @param key what the URL names in the store, without slashes at the ends
  record Place(ObjectStore store, String key) {}

  private static final Map<String, String> S3_WRITING =
      Map.of(
          "sse", "x-amz-server-side-encryption",
          "sse_kms_key_id", "x-amz-server-side-encryption-aws-kms-key-id",
          "acl", "x-amz-acl",
          "grant_read", "x-amz-grant-read",
          "grant_read_acp", "x-amz-grant-read-acp",
          "grant_write_acp", "x-amz-grant-write-acp",
          "grant_full_control", "x-amz-grant-full-control");

  private final Map<String, String> environment;

  Stores(Map<String, String> environment) {
    this.environment = environment;
  }

  /// @throws PipelineException for a URL of a kind that cannot be reached
  Place open(String url, RemoteOptions options) throws IOException {
    int colon = url.indexOf("://");
    if (colon < 0) {
      return new Place(new LocalObjectStore(Path.of(url)), "");
    }
    var scheme = url.substring(0, colon);
    return switch (scheme) {
      case "s3" -> inBucket(url.substring(colon + 3), s3(options));
      case "gs", "gcs" -> inBucket(url.substring(colon + 3), gcs(options));
      case "azure" -> inBucket(url.substring(colon + 3), azure(options));
      case "http", "https" -> new Place(connect(url, http(options)), "");
      case "ssh" -> ssh(url.substring(colon + 3), options);
      case "file" -> new Place(new LocalObjectStore(Path.of(URI.create(url))), "");
      default ->
          throw new PipelineException(
              "%s: %s:// cannot be reached; local folders, s3, gs, azure, ssh, http and https can"
                  .formatted(url, scheme));
    };
  }

  private Place inBucket(String path, StoreOptions options) throws IOException {
    int slash = path.indexOf('/');
    var bucket = slash < 0 ? path : path.substring(0, slash);
    var key = slash < 0 ? "" : path.substring(slash + 1).replaceAll("^/+|/+$", "");
    if (bucket.isEmpty()) {
      throw new PipelineException("the URL of the remote lacks the name of a bucket");
    }
    return new Place(connect(bucket, options), key);
  }

  private ObjectStore connect(String where, StoreOptions options) throws IOException {
    return ObjectStores.connect(where, options, environment);
  }

  private Place ssh(String rest, RemoteOptions options) throws IOException {
    var url = SshUrl.of(rest, options.name());
    var password =
        options
            .text("password")
            .or(url::password)
            .or(() -> asked("ask_password", "password", options));
    return new Place(
        connect(
            url.host() + "/",
            new SshOptions(
                options.text("user").or(url::user),
                options.text("port").map(_ -> options.number("port", 0)).or(url::port),
                options.path("keyfile"),
                password,
                options
                    .text("passphrase")
                    .or(() -> asked("ask_passphrase", "passphrase of the private key", options))
                    .or(() -> password),
                options.flag("allow_agent", true),
                options.flag("gss_auth", false),
                options.number("max_sessions", SshOptions.USUAL_SESSIONS),
                options.seconds("timeout", SshOptions.USUAL_TIMEOUT))),
        url.key());
  }

  private static Optional<String> asked(String option, String what, RemoteOptions options) {
    if (!options.flag(option, false)) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .map(console -> console.readPassword("The %s for remote '%s': ", what, options.name()))
            .map(String::new)
            .orElseThrow(
                () ->
                    new ConfigException(
                        ("remote '%s': %s needs a terminal; set the %s with"
                                + " `mlops remote modify --local`")
                            .formatted(options.name(), option, what))));
  }

  private static S3Options s3(RemoteOptions options) {
    var keyHeaders = new HashMap<String, String>();
    options.text("sse_customer_key").ifPresent(key -> keyHeaders.putAll(customerKey(options, key)));
    return new S3Options(
        endpoint(options),
        options.text("region"),
        options.text("profile"),
        options.path("credentialpath"),
        options.path("configpath"),
        options
            .text("access_key_id")
            .map(
                id ->
                    new S3Options.Keys(
                        id,
                        options.text("secret_access_key").orElse(""),
                        options.text("session_token"))),
        options.flag("allow_anonymous_login", false),
        options.renamed(S3_WRITING),
        keyHeaders,
        tls(options),
        new S3Options.Timeouts(
            options.seconds("connect_timeout", S3Options.Timeouts.USUAL.connect()),
            options.seconds("read_timeout", S3Options.Timeouts.USUAL.read())));
  }

  /// Without TLS there must be an address that says so.
  private static Optional<URI> endpoint(RemoteOptions options) {
    var named = options.uri("endpointurl");
    if (named.isPresent() || options.flag("use_ssl", true)) {
      return named;
    }
    var region = options.text("region").orElse("us-east-1");
    return Optional.of(URI.create("http://s3." + region + ".amazonaws.com"));
  }

  /// @see <a
  ///
  // href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">SSE-C</a>
  private static Map<String, String> customerKey(RemoteOptions options, String key) {
    var bytes = Base64.getDecoder().decode(key);
    var digest = Base64.getEncoder().encodeToString(Md5.digest("MD5").digest(bytes));
    return Map.of(
        "x-amz-server-side-encryption-customer-algorithm",
        options.text("sse_customer_algorithm").orElse("AES256"),
        "x-amz-server-side-encryption-customer-key",
        key,
        "x-amz-server-side-encryption-customer-key-MD5",
        digest);
  }

  private static Tls tls(RemoteOptions options) {
    var written = options.text("ssl_verify").orElse("true");
    return switch (written.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> Tls.trusted();
      case "false" -> Tls.unchecked();
      default -> Tls.signedBy(Path.of(written));
    };
  }

  private static GcsOptions gcs(RemoteOptions options) {
    return new GcsOptions(
        options.uri("endpointurl"),
        options.path("credentialpath"),
        options.flag("allow_anonymous_login", false));
  }

  private static HttpOptions http(RemoteOptions options) {
    return new HttpOptions(
        options.text("method").orElse(HttpOptions.NONE.method()),
        authorization(options),
        tls(options),
        options.seconds("connect_timeout", HttpOptions.NONE.connect()),
        options.seconds("read_timeout", HttpOptions.NONE.read()));
  }

  private static Map<String, String> authorization(RemoteOptions options) {
    var method = options.text("auth").orElse("");
    if (method.isEmpty()) {
      return Map.of();
    }
    var password =
        options.text("password").or(() -> asked("ask_password", "password", options)).orElse("");
    return switch (method) {
      case "basic" -> {
        var pair = options.text("user").orElse("") + ":" + password;
        var encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        yield Map.of("Authorization", "Basic " + encoded);
      }
      case "custom" -> Map.of(options.text("custom_auth_header").orElse("Authorization"), password);
      default -> throw options.wrong("auth", method, "basic or custom; no other can be used");
    };
  }

  private AzureOptions azure(RemoteOptions options) {
    var connection = AzureConnection.of(options, environment);
    return new AzureOptions(
        connection.endpoint(),
        connection.account(),
        connection.key(),
        connection.token(),
        connection.principal(),
        new AzureOptions.Timeouts(
            options.seconds("connection_timeout", AzureOptions.Timeouts.USUAL.connect()),
            options.seconds("read_timeout", AzureOptions.Timeouts.USUAL.read()),
            options.text("timeout").map(_ -> options.seconds("timeout", Duration.ZERO))));
  }
}
