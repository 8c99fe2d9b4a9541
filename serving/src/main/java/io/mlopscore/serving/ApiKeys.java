package io.mlopscore.serving;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The keys that open the API; none at all means that it is open to everyone who reaches it.
///
/// @param keys all of them are valid, so that one can be replaced without a gap
public record ApiKeys(List<ApiKey> keys) {
  public ApiKeys {
    keys = List.copyOf(keys);
  }

  /// @param list keys separated by commas
  /// @param minLength the shortest key that is accepted
  static ApiKeys parse(String list, int minLength) {
    var keys = new ArrayList<ApiKey>();
    for (var key : list.split(",", -1)) {
      var stripped = key.strip();
      if (!stripped.isEmpty()) {
        keys.add(ApiKey.of(longEnough(stripped, minLength)));
      }
    }
    return new ApiKeys(keys);
  }

  private static String longEnough(String key, int minLength) {
    if (key.length() < minLength) {
      throw new SettingException(
          "API_KEY",
          "a key of %d characters is too short, at least %d are needed; `openssl rand -hex 32` makes one"
              .formatted(key.length(), minLength));
    }
    return key;
  }

  /// @param file lines of `<id> <SHA-256 of the key in hex>`; empty lines and `#` are skipped
  /// @throws SettingException if there is no key in it: an accident must not open the door
  static ApiKeys read(Path file) {
    var keys =
        lines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> digested(file, line))
            .toList();
    if (keys.isEmpty()) {
      throw new SettingException(
          "API_KEYS_FILE", file + " has no key; add a line `<id> <SHA-256 in hex>`");
    }
    return new ApiKeys(keys);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      var reason =
          switch (e) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this user may not read it";
            case CharacterCodingException _ -> "it is not text in UTF-8";
            default -> e.getMessage();
          };
      throw new SettingException("API_KEYS_FILE", file + " cannot be read: " + reason);
    }
  }

  private static ApiKey digested(Path file, String line) {
    var words = line.split("\\s+", -1);
    if (words.length != 2 || !words[1].matches("[0-9a-fA-F]{64}")) {
      throw new SettingException(
          "API_KEYS_FILE",
          file + ": a line must be `<id> <SHA-256 in hex>`, found one that is not");
    }
    return new ApiKey(words[0], HexFormat.of().parseHex(words[1]));
  }

  ApiKeys and(ApiKeys others) {
    var all = new ArrayList<>(keys);
    all.addAll(others.keys);
    return new ApiKeys(all);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /// What tells one set of keys from another; the digests are in it, as far as logs show them.
  List<String> ids() {
    return keys.stream()
        .map(key -> key.id() + " " + HexFormat.of().formatHex(key.digest(), 0, 4))
        .toList();
  }

  /// The key that equals a candidate; compares with all of them, each in constant time.
  Optional<ApiKey> find(String candidate) {
    var digest = ApiKey.digest(candidate);
    ApiKey found = null;
    for (var key : keys) {
      if (MessageDigest.isEqual(key.digest(), digest)) {
        found = key;
      }
    }
    Arrays.fill(digest, (byte) 0);
    return Optional.ofNullable(found);
  }
}
