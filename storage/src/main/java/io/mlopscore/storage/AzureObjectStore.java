package io.mlopscore.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Objects of one container of Azure Blob Storage, by its REST API
/// (https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api).
final class AzureObjectStore implements ObjectStore {
  /// Bytes of a block, and of the largest blob that goes in one request.
  private static final int BLOCK = 8 << 20;

  private static final Set<Integer> DENIED = Set.of(401, 403);

  private final HttpClient client;
  private final AzureSigner signer;
  private final Optional<AzureTokens> tokens;
  private final String container;

  private AzureObjectStore(
      HttpClient client, AzureSigner signer, Optional<AzureTokens> tokens, String container) {
    this.client = client;
    this.signer = signer;
    this.tokens = tokens;
    this.container = container;
  }

  static AzureObjectStore connect(String container, AzureOptions options) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.timeouts().connect())
            .build();
    var clock = Clock.systemUTC();
    return new AzureObjectStore(
        client,
        new AzureSigner(options, clock),
        options.principal().map(found -> new AzureTokens(client, found, clock)),
        container);
  }

  private String path(String key) {
    return "/" + container + "/" + GcsHttp.encode(ObjectStore.requireKey(key)).replace("%2F", "/");
  }

  private HttpRequest authorized(HttpRequest request) throws IOException {
    return tokens.isEmpty()
        ? request
        : HttpRequest.newBuilder(request, (_, _) -> true)
            .header("Authorization", "Bearer " + tokens.get().token())
            .build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(authorized(request), BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw Unreachable.named(request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + request.uri().getHost(), e);
    }
  }

  private HttpResponse<InputStream> require(String key, HttpRequest request) throws IOException {
    var answer = send(request);
    if (answer.statusCode() < 300) {
      return answer;
    }
    try (var body = answer.body()) {
      if (answer.statusCode() == 404) {
        throw new NoSuchFileException(key);
      }
      var said = new String(body.readNBytes(1000), StandardCharsets.UTF_8);
      if (DENIED.contains(answer.statusCode())) {
        throw new AccessDeniedException(key, null, "Azure answered " + answer.statusCode());
      }
      throw new IOException(key + ": Azure answered " + answer.statusCode() + ": " + said);
    }
  }

  private InputStream body(HttpResponse<InputStream> answer) {
    return new PunctualStream(answer.body(), signer.options().timeouts().read());
  }

  private Optional<HttpResponse<InputStream>> head(String key) throws IOException {
    try {
      var answer = require(key, signer.request("HEAD", path(key), "", 0, BodyPublishers.noBody()));
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
    var to = length > Long.MAX_VALUE - from ? "" : String.valueOf(from + length - 1);
    boolean whole = from == 0 && length == Long.MAX_VALUE;
    var range = whole ? "" : "bytes=" + from + "-" + to;
    return body(require(key, signer.get(path(key), "", range)));
  }

  /// A small blob goes in one request; of a large one the blocks, then their list, which makes it
  /// appear.
  @Override
  public void put(String key, InputStream content, long size) throws IOException {
    var block = content.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      S3ObjectStore.requireWhole(block.length, size);
      send(key, "", block, true);
      return;
    }
    var ids = new ArrayList<String>();
    long came = 0;
    for (; block.length > 0; block = content.readNBytes(BLOCK)) {
      var id =
          Base64.getEncoder()
              .encodeToString("%08d".formatted(ids.size()).getBytes(StandardCharsets.US_ASCII));
      send(key, "comp=block&blockid=" + GcsHttp.encode(id), block, false);
      ids.add(id);
      came += block.length;
    }
    S3ObjectStore.requireWhole(came, size);
    var list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    ids.forEach(id -> list.append("<Latest>").append(id).append("</Latest>"));
    var text = list.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
    send(key, "comp=blocklist", text, false);
  }

  private void send(String key, String query, byte[] bytes, boolean blob) throws IOException {
    var body = BodyPublishers.ofByteArray(bytes);
    var request =
        blob
            ? signer.putBlob(path(key), bytes.length, body)
            : signer.request("PUT", path(key), query, bytes.length, body);
    require(key, request).body().close();
  }

  @Override
  public List<ObjectSummary> summaries(String prefix) throws IOException {
    var found = new ArrayList<ObjectSummary>();
    for (var page : pages("prefix=" + GcsHttp.encode(prefix))) {
      named(page, "Blob").forEach(blob -> found.add(summary(blob)));
    }
    found.sort(null);
    return found;
  }

  private static ObjectSummary summary(Element blob) {
    var modified = Optional.of(text(blob, "Last-Modified")).filter(time -> !time.isEmpty());
    return new ObjectSummary(
        text(blob, "Name"),
        size(blob),
        modified.map(time -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time))));
  }

  private static long size(Element blob) {
    var size = text(blob, "Content-Length");
    return size.isEmpty() ? 0 : Long.parseLong(size);
  }

  @Override
  public List<StoredEntry> children(String folder) throws IOException {
    var prefix = folder.isEmpty() ? "" : ObjectStore.requireKey(folder) + "/";
    var entries = new ArrayList<StoredEntry>();
    for (var page : pages("delimiter=%2F&prefix=" + GcsHttp.encode(prefix))) {
      for (var inner : named(page, "BlobPrefix")) {
        var name = text(inner, "Name");
        entries.add(new StoredEntry(name.substring(prefix.length(), name.length() - 1), true, 0));
      }
      for (var blob : named(page, "Blob")) {
        var name = text(blob, "Name").substring(prefix.length());
        entries.add(new StoredEntry(name, false, size(blob)));
      }
    }
    entries.sort(null);
    return entries;
  }

  private List<Element> pages(String query) throws IOException {
    var pages = new ArrayList<Element>();
    var marker = "";
    do {
      var all = "restype=container&comp=list&" + query + marker;
      try (var body = body(require(container, signer.get("/" + container, all, "")))) {
        var page = parse(body.readAllBytes());
        pages.add(page);
        var next = text(page, "NextMarker");
        marker = next.isEmpty() ? "" : "&marker=" + GcsHttp.encode(next);
      }
    } while (!marker.isEmpty());
    return pages;
  }

  private static Element parse(byte[] xml) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      var text = new String(xml, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
      return builder
          .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("Azure's answer is no XML: " + e.getMessage(), e);
    }
  }

  private static List<Element> named(Element page, String name) {
    var found = new ArrayList<Element>();
    var nodes = page.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static String text(Element element, String name) {
    var found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  @Override
  public void delete(String key) throws IOException {
    try {
      var request = signer.request("DELETE", path(key), "", 0, BodyPublishers.noBody());
      require(key, request).body().close();
    } catch (NoSuchFileException _) {
      return; // what is not there need not go
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  static URI uri(URI endpoint, String path, String query) {
    var base = endpoint.toString().replaceFirst("/+$", "");
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }
}
