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
  /// What every text of a kind has, which is found fast in hundreds of megabytes, and all of it.
  private record Kind(String mark, Pattern whole) {
    Kind(String mark, String whole) {
      this(mark, Pattern.compile(whole));
    }
  }

  /// With a body: programs that read keys have their first lines, and prefixes of tokens, as text.
  private static final List<Kind> KINDS =
      List.of(
          new Kind("-----BEGIN ", "-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}"),
          new Kind("AKIA", "\\bAKIA[0-9A-Z]{16}\\b"),
          new Kind("ghp_", "\\bghp_[A-Za-z0-9]{36}\\b"),
          new Kind("github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{60}"),
          new Kind("\"private_key\"", "\"private_key\"\\s*:\\s*\"-----BEGIN"),
          new Kind("AIza", "\\bAIza[0-9A-Za-z_-]{35}\\b"),
          new Kind("=", "(?<=(?i:api_key|password|secret|token))=[A-Za-z0-9+/_-]{20}"));

  private Secrets() {}

  /// @param name where it is, for the answer
  static List<String> in(String name, byte[] content) {
    var found = new ArrayList<String>();
    var text = new String(content, ISO_8859_1);
    for (var kind : KINDS) {
      var matcher = kind.whole().matcher(text).useTransparentBounds(true);
      for (int at = text.indexOf(kind.mark()); at >= 0; at = text.indexOf(kind.mark(), at + 1)) {
        if (matcher.region(at, text.length()).lookingAt()) {
          found.add(name + ": " + text.substring(Math.max(0, at - 10), at + 20));
        }
      }
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
