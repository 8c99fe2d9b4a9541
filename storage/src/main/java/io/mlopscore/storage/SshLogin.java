package io.mlopscore.storage;

import com.jcraft.jsch.ConfigRepository;
import com.jcraft.jsch.OpenSSHConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom to log in as, where, and what to show: what the options say, else what `~/.ssh/config` has
/// for the host, else what `ssh` itself would take.
///
/// @param keys files of private keys, in the order to try them
/// @param algorithms that the settings ask for, by the names of the library
/// @param proxy a command that connects to the host, as `ProxyCommand` and `ProxyJump` have it
record SshLogin(
    String host,
    int port,
    String user,
    List<Path> keys,
    Optional<Path> agent,
    SshHostKeys.Policy policy,
    Path knownHosts,
    Map<String, String> algorithms,
    Optional<String> proxy) {
  private static final int PORT = 22;
  private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  /// GCM is what processors are fastest at, and bytes that are compressed already gain nothing.
  private static final Map<String, String> FAST =
      Map.of(
          "cipher",
          "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
              + "aes128-ctr,aes192-ctr,aes256-ctr");

  /// @param alias the host as the URL names it
  static SshLogin of(String alias, SshOptions options, Map<String, String> environment)
      throws IOException {
    var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    var file = home.resolve(".ssh/config");
    var settings =
        (Files.exists(file) ? OpenSSHConfig.parseFile(file.toString()) : OpenSSHConfig.parse(""))
            .getConfig(alias);
    var host = Optional.ofNullable(settings.getHostname()).orElse(alias).replace("%h", alias);
    int port = options.port().orElse(settings.getPort() > 0 ? settings.getPort() : PORT);
    var user =
        options
            .user()
            .or(() -> Optional.ofNullable(settings.getUser()))
            .orElseGet(() -> environment.getOrDefault("USER", System.getProperty("user.name")));
    return new SshLogin(
        host,
        port,
        user,
        keys(options, settings, home),
        agent(options, settings, environment),
        SshHostKeys.Policy.of(value(settings, "StrictHostKeyChecking").orElse("ask")),
        value(settings, "UserKnownHostsFile")
            .map(files -> below(home, files.split("\\s+", 2)[0]))
            .orElse(home.resolve(".ssh/known_hosts")),
        algorithms(settings),
        proxy(settings)
            .map(text -> text.replace("%h", host).replace("%p", "" + port).replace("%r", user)));
  }

  private static Optional<String> value(ConfigRepository.Config settings, String key) {
    return Optional.ofNullable(settings.getValue(key)).map(text -> text.replace("\"", ""));
  }

  private static Path below(Path home, String file) {
    return home.resolve(file.replaceFirst("^(~|%d)/", "").replace("\"", ""));
  }

  private static List<Path> keys(SshOptions options, ConfigRepository.Config settings, Path home) {
    if (options.keyfile().isPresent()) {
      return List.of(options.keyfile().get());
    }
    var named = settings.getValues("IdentityFile");
    var files =
        named != null && named.length > 0
            ? Arrays.stream(named).map(file -> below(home, file))
            : KEYS.stream().map(home.resolve(".ssh")::resolve);
    return files.filter(Files::exists).toList();
  }

  private static Optional<Path> agent(
      SshOptions options, ConfigRepository.Config settings, Map<String, String> environment) {
    boolean only = value(settings, "IdentitiesOnly").filter("yes"::equalsIgnoreCase).isPresent();
    return Optional.ofNullable(environment.get("SSH_AUTH_SOCK"))
        .filter(socket -> options.agent() && !only && !socket.isEmpty())
        .map(Path::of);
  }

  private static Map<String, String> algorithms(ConfigRepository.Config settings) {
    var found = new HashMap<String, String>();
    for (var name : List.of("kex", "server_host_key", "PubkeyAcceptedAlgorithms")) {
      value(settings, name).ifPresent(list -> found.put(name, list));
    }
    for (var name : List.of("cipher", "mac")) {
      Optional.ofNullable(settings.getValue(name + ".c2s"))
          .or(() -> Optional.ofNullable(FAST.get(name)))
          .ifPresent(list -> Stream.of(".c2s", ".s2c").forEach(way -> found.put(name + way, list)));
    }
    return found;
  }

  private static Optional<String> proxy(ConfigRepository.Config settings) {
    return Optional.ofNullable(settings.getValue("ProxyCommand"))
        .or(() -> value(settings, "ProxyJump").map(SshLogin::jump))
        .filter(command -> !command.equalsIgnoreCase("none"));
  }

  private static String jump(String through) {
    return through.equalsIgnoreCase("none") ? through : "ssh -W [%h]:%p " + through;
  }

  @Override
  public String toString() {
    return "ssh://%s@%s:%d".formatted(user, host, port);
  }
}
