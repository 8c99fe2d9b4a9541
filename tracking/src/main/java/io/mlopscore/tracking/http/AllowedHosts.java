package io.mlopscore.tracking.http;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The `Host` headers that a request may have, against DNS rebinding
/// (https://mlflow.org/docs/latest/self-hosting/security/network/).
///
/// By default those of this machine and of private networks. Unlike MLflow's, those are addresses
/// here, not names that begin like one, such as `10.example.com`.
///
/// @param all whether every name is one of this server's
public record AllowedHosts(boolean all, Predicate<String> hosts) {
  private static final Pattern LOCAL =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0|192\\.168(\\.\\d+){2}"
              + "|10(\\.\\d+){3}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d+){2}|\\[f[cd]00:[0-9a-f:]*])"
              + "(:\\d+)?");

  public static AllowedHosts local() {
    return new AllowedHosts(false, LOCAL.asMatchPredicate());
  }

  public static AllowedHosts any() {
    return new AllowedHosts(true, _ -> true);
  }

  /// These instead of the local ones.
  ///
  /// @param patterns hosts with their port, if they have one, `*` standing for any text; one that
  ///     is `*` allows every host
  public static AllowedHosts of(List<String> patterns) {
    var wildcards = patterns.stream().map(Wildcard::of).toList();
    return new AllowedHosts(
        patterns.contains("*"),
        host -> !host.isEmpty() && wildcards.stream().anyMatch(each -> each.matches(host)));
  }

  boolean allows(String host) {
    return hosts.test(host);
  }
}
