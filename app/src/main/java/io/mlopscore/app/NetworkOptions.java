package io.mlopscore.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of [NetworkSettings].
final class NetworkOptions {
  @Option(
      names = "--static-prefix",
      description = "Before every path of the tracking API, such as /mlflow.")
  private @Nullable String prefix;

  @Option(
      names = "--allowed-hosts",
      description =
          "Host headers that are taken, by commas, * for any text (this machine, private networks).")
  private @Nullable String hosts;

  @Option(
      names = "--cors-allowed-origins",
      description = "Web pages that may call, by commas, * for any text (those of this machine).")
  private @Nullable String origins;

  @Option(
      names = "--x-frame-options",
      description = "SAMEORIGIN, DENY, or NONE for no header (SAMEORIGIN).")
  private @Nullable String frames;

  @Option(
      names = "--disable-security-middleware",
      description = "Take any Host and any web page. For tests only.")
  private boolean unchecked;

  void into(Map<String, String> flags) {
    ServerCommand.put(flags, "static-prefix", prefix);
    ServerCommand.put(flags, "allowed-hosts", hosts);
    ServerCommand.put(flags, "cors-allowed-origins", origins);
    ServerCommand.put(flags, "x-frame-options", frames);
    ServerCommand.put(flags, "disable-security-middleware", unchecked ? "true" : null);
  }
}
