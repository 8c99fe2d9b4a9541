package io.mlopscore.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Objects of one bucket of Google Cloud Storage, by its JSON API
/// (https://cloud.google.com/storage/docs/json_api/v1).
final class GcsObjectStore implements ObjectStore {
  private static final String GOOGLE = "https://storage.googleapis.com";
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final GcsHttp http;
  private final String bucket;
  private final GcsUploads uploads;
  private final ObjectMapper json = new ObjectMapper();

  GcsObjectStore(GcsHttp http, String bucket) {
    this.http = http;
    this.bucket = bucket;
    this.uploads = new GcsUploads(http, bucket);
  }

  /// Credentials come from where Google's tools find them; without any, only public buckets can be
  /// read, as in MLflow.
  ///
  /// @param environment `STORAGE_EMULATOR_HOST` names another server, which is asked without any
  static GcsObjectStore connect(String bucket, Map<String, String> environment) throws IOException {
    return connect(bucket, environment, GcsOptions.NONE);
  }

  static GcsObjectStore connect(String bucket, Map<String, String> environment, GcsOptions options)
      throws IOException {
    var emulator =
        options
            .endpoint()
            .map(URI::toString)
            .orElseGet(() -> environment.getOrDefault("STORAGE_EMULATOR_HOST", ""));
    var credentials =
        options.anonymous() || (!emulator.isEmpty() && options.credentialsFile().isEmpty())
            ? Optional.<GoogleCredentials>empty()
            : credentials(options);
    var http =
        new GcsHttp(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build(),
            URI.create(emulator.isEmpty() ? GOOGLE : address(emulator)),
            credentials,
            FIRST_PAUSE,
            PATIENCE);
    return new GcsObjectStore(http, bucket);
  }

  private static String address(String emulator) {
    return (emulator.contains("://") ? emulator : "http://" + emulator).replaceFirst("/+$", "");
  }

  private static Optional<GoogleCredentials> credentials(GcsOptions options) throws IOException {
    if (options.credentialsFile().isPresent()) {
      try (var in = Files.newInputStream(options.credentialsFile().get())) {
        return Optional.of(GoogleCredentials.fromStream(in).createScoped(SCOPE));
      }
    }
    try {
      return Optional.of(GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
    } catch (IOException e) {
      System.getLogger(GcsObjectStore.class.getName())
          .log(System.Logger.Level.WARNING, "gs:// is used without credentials: {0}", e);
      return Optional.empty();
    }
  }

  private String path(String key) {
    return "/storage/v1/b/" + bucket + "/o/" + Percent.encode(ObjectStore.requireKey(key));
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    var request = http.request(path(key) + "?fields=size").GET().build();
    try (var answer = http.require(key, request)) {
      return OptionalLong.of(json.readTree(answer).path("size").asLong());
    } catch (NoSuchFileException _) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Optional<String> tag(String key) throws IOException {
    var request = http.request(path(key) + "?fields=etag").GET().build();
    try (var answer = http.require(key, request)) {
      return Optional.of(json.readTree(answer).path("etag").asText()).filter(tag -> !tag.isEmpty());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    if (length <= 0) {
      return InputStream.nullInputStream();
    }
    var request = http.request(path(key) + "?alt=media").GET();
    ByteRange.header(from, length).ifPresent(range -> request.header("Range", range));
    return http.require(key, request.build());
  }

  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    uploads.put(ObjectStore.requireKey(key), content, size);
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    var found = new ArrayList<ObjectSummary>();
    pages(
        "prefix=" + Percent.encode(prefix),
        page -> page.path("items").forEach(item -> addObject(found, item)));
    found.sort(null);
    return found;
  }

  /// Consoles make an empty object whose name ends with a slash to show a folder.
  private static void addObject(List<ObjectSummary> found, JsonNode item) {
    var key = item.path("name").asText();
    if (!key.endsWith("/")) {
      var modified = Optional.of(item.path("updated").asText()).filter(time -> !time.isEmpty());
      found.add(
          new ObjectSummary(
              key,
              item.path("size").asLong(),
              modified.map(time -> OffsetDateTime.parse(time).toInstant())));
    }
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : ObjectStore.requireKey(folder) + "/";
    var entries = new ArrayList<StoredEntry>();
    pages("delimiter=%2F&prefix=" + Percent.encode(prefix), page -> addAll(entries, prefix, page));
    entries.sort(null);
    return entries;
  }

  private static void addAll(List<StoredEntry> entries, String prefix, JsonNode page) {
    for (var inner : page.path("prefixes")) {
      var name = inner.asText();
      entries.add(new StoredEntry(name.substring(prefix.length(), name.length() - 1), true, 0));
    }
    for (var item : page.path("items")) {
      var name = item.path("name").asText();
      if (!name.endsWith("/")) {
        entries.add(
            new StoredEntry(name.substring(prefix.length()), false, item.path("size").asLong()));
      }
    }
  }

  private void pages(String query, Consumer<JsonNode> each) throws IOException {
    var token = "";
    do {
      var request = http.request("/storage/v1/b/" + bucket + "/o?" + query + token).GET().build();
      try (var answer = http.require(bucket, request)) {
        var page = json.readTree(answer);
        each.accept(page);
        var next = page.path("nextPageToken").asText();
        token = next.isEmpty() ? "" : "&pageToken=" + Percent.encode(next);
      }
    } while (!token.isEmpty());
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      http.require(key, http.request(path(key)).DELETE().build()).close();
    } catch (NoSuchFileException _) {
      return;
    }
  }

  /// Only an account that can sign, such as a service account, can hand out URLs.
  @Override
  public Optional<SignedTransfers> signedTransfers() {
    return http.credentials()
        .filter(ServiceAccountSigner.class::isInstance)
        .map(ServiceAccountSigner.class::cast)
        .map(
            signer ->
                new GcsSignedTransfers(
                    http, bucket, new GcsSigner(http.endpoint(), signer, Clock.systemUTC())));
  }

  @Override
  public void close() {
    http.client().close();
  }
}
