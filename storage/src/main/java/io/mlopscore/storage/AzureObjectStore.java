package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Objects of one container of Azure Blob Storage, by its REST API
/// (https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api).
final class AzureObjectStore implements ObjectStore {
  /// Bytes of a block, and of the largest blob that goes in one request.
  private static final int BLOCK = 8 << 20;

  private final AzureHttp http;
  private final AzureSigner signer;
  private final String container;

  private AzureObjectStore(AzureHttp http, String container) {
    this.http = http;
    this.signer = http.signer();
    this.container = container;
  }

  static AzureObjectStore connect(String container, AzureOptions options) {
    return new AzureObjectStore(AzureHttp.with(options), container);
  }

  private String path(String key) {
    return "/" + container + "/" + Percent.encodePath(ObjectStore.requireKey(key));
  }

  private Optional<HttpResponse<InputStream>> head(String key) throws IOException {
    try {
      var request = signer.request("HEAD", path(key), "", 0, BodyPublishers.noBody());
      var answer = http.require(key, request);
      answer.body().close();
      return Optional.of(answer);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    var answer = head(key);
    return answer.isEmpty() ? OptionalLong.empty() : OptionalLong.of(length(answer.get()));
  }

  private static long length(HttpResponse<?> answer) {
    return answer.headers().firstValueAsLong("Content-Length").orElse(0);
  }

  @Override
  public Optional<String> tag(String key) throws IOException {
    return head(key)
        .flatMap(answer -> answer.headers().firstValue("ETag"))
        .map(tag -> tag.replace("\"", ""));
  }

  @Override
  public InputStream open(String key, long from, long length) throws IOException {
    if (length <= 0) {
      return InputStream.nullInputStream();
    }
    var range = ByteRange.header(from, length).orElse("");
    return http.body(key, signer.get(path(key), "", range));
  }

  /// A small blob goes in one request; of a large one the blocks, then their list, which makes it
  /// appear.
  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var block = content.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      ObjectStore.requireWhole(block.length, size);
      var body = BodyPublishers.ofByteArray(block);
      http.require(key, signer.putBlob(path(key), block.length, body)).body().close();
      return;
    }
    var ids = new ArrayList<String>();
    long came = 0;
    for (; block.length > 0; block = content.readNBytes(BLOCK)) {
      ids.add(id(ids.size()));
      send(key, "comp=block&blockid=" + Percent.encode(ids.getLast()), block);
      came += block.length;
    }
    ObjectStore.requireWhole(came, size);
    send(key, "comp=blocklist", list(ids));
  }

  private static String id(int number) {
    var text = "%08d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(text);
  }

  private static byte[] list(List<String> ids) {
    var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    ids.forEach(id -> list.append("<Latest>").append(id).append("</Latest>"));
    return list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void send(String key, String query, byte[] bytes) throws IOException {
    var body = BodyPublishers.ofByteArray(bytes);
    var request = signer.request("PUT", path(key), query, bytes.length, body);
    http.require(key, request).body().close();
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    return pages("prefix=" + Percent.encode(prefix)).stream()
        .flatMap(page -> page.blobs().stream())
        .sorted()
        .toList();
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : ObjectStore.requireKey(folder) + "/";
    int before = prefix.length();
    var entries = new ArrayList<StoredEntry>();
    for (var page : pages("delimiter=%2F&prefix=" + Percent.encode(prefix))) {
      for (var inner : page.folders()) {
        entries.add(new StoredEntry(inner.substring(before, inner.length() - 1), true, 0));
      }
      for (var blob : page.blobs()) {
        entries.add(new StoredEntry(blob.key().substring(before), false, blob.size()));
      }
    }
    entries.sort(null);
    return entries;
  }

  private List<AzureListing> pages(String query) throws IOException {
    var pages = new ArrayList<AzureListing>();
    var marker = "";
    do {
      var all = "restype=container&comp=list&" + query + marker;
      try (var body = http.body(container, signer.get("/" + container, all, ""))) {
        pages.add(AzureListing.parse(body.readAllBytes()));
      }
      var next = pages.getLast().nextMarker();
      marker = next.isEmpty() ? "" : "&marker=" + Percent.encode(next);
    } while (!marker.isEmpty());
    return pages;
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      var request = signer.request("DELETE", path(key), "", 0, BodyPublishers.noBody());
      http.require(key, request).body().close();
    } catch (NoSuchFileException _) {
      return; // what is not there need not go
    }
  }

  @Override
  public void close() {
    http.client().shutdownNow();
  }
}
