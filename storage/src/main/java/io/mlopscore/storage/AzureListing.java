package io.mlopscore.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// One page of what a container holds
/// (https://learn.microsoft.com/rest/api/storageservices/list-blobs).
record AzureListing(Element page) {
  static AzureListing parse(byte[] xml) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var text = new String(xml, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
      var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      return new AzureListing(factory.newDocumentBuilder().parse(bytes).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("Azure's answer is no XML: " + e.getMessage(), e);
    }
  }

  List<ObjectSummary> blobs() {
    return named("Blob").stream().map(AzureListing::summary).toList();
  }

  /// The folders of a listing by folder, each name whole and with a slash at its end.
  List<String> folders() {
    return named("BlobPrefix").stream().map(folder -> text(folder, "Name")).toList();
  }

  /// What asks for the next page; empty on the last.
  String nextMarker() {
    return text(page, "NextMarker");
  }

  private static ObjectSummary summary(Element blob) {
    var size = text(blob, "Content-Length");
    var modified = Optional.of(text(blob, "Last-Modified")).filter(time -> !time.isEmpty());
    return new ObjectSummary(
        text(blob, "Name"),
        size.isEmpty() ? 0 : Long.parseLong(size),
        modified.map(time -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time))));
  }

  private List<Element> named(String name) {
    var nodes = page.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static String text(Element element, String name) {
    var found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }
}
