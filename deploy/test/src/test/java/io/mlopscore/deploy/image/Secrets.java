package io.mlopscore.deploy.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/// Finds what looks like a private key or a token, in files and in the jars among them.
final class Secrets {
  /// With a body: programs that read keys have their first lines, and prefixes of tokens, as text.
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}"
              + "|\\bAKIA[0-9A-Z]{16}\\b"
              + "|\\bghp_[A-Za-z0-9]{36}\\b|\\bgithub_pat_[A-Za-z0-9_]{60}"
              + "|\"private_key\"\\s*:\\s*\"-----BEGIN"
              + "|\\bAIza[0-9A-Za-z_-]{35}\\b"
              + "|(?i:(?:api_key|password|secret|token)=)[A-Za-z0-9+/_-]{20}");

  private Secrets() {}

  /// @param name where it is, for the answer
  static List<String> in(String name, byte[] content) {
    var found = new ArrayList<String>();
    var matcher = KEY.matcher(new String(content, ISO_8859_1));
    while (matcher.find()) {
      found.add(name + ": " + matcher.group().substring(0, Math.min(30, matcher.group().length())));
    }
    if (name.endsWith(".jar")) {
      found.addAll(inJar(name, content));
    }
    return found;
  }

  private static List<String> inJar(String name, byte[] content) {
    var found = new ArrayList<String>();
    try (var jar = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (var entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        found.addAll(in(name + "!" + entry.getName(), jar.readAllBytes()));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
