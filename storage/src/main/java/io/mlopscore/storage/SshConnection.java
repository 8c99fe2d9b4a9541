package io.mlopscore.storage;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection to a machine, over which SFTP sessions are opened. One that broke is made anew.
final class SshConnection implements AutoCloseable {
  private static final Path OF_ALL_USERS = Path.of("/etc/ssh/ssh_known_hosts");

  /// A silent server is asked so often whether it is there until it counts as gone.
  private static final int QUESTIONS = 4;

  private final SshLogin login;
  private final SshOptions options;
  private @Nullable Session session;

  SshConnection(SshLogin login, SshOptions options) {
    this.login = login;
    this.options = options;
  }

  /// A new session, over a connection that is made if there is none.
  SftpSession open() throws IOException {
    var connected = connected();
    try {
      return open(connected);
    } catch (JSchException e) {
      if (connected.isConnected()) {
        throw noSession(e);
      }
    }
    // It broke since it was last used, which only shows when it is used: once more over a new one.
    try {
      return open(connected());
    } catch (JSchException e) {
      throw noSession(e);
    }
  }

  /// The library gives null where the connection breaks meanwhile.
  private SftpSession open(Session connected) throws JSchException {
    var channel = (@Nullable ChannelSftp) connected.openChannel("sftp");
    if (channel == null) {
      connected.disconnect();
      throw new JSchException("the connection broke");
    }
    channel.connect(millis());
    return new SftpSession(channel);
  }

  private IOException noSession(JSchException e) {
    return new IOException(
        "%s opened no SFTP session (%s); the remote's max_sessions is %d, a server may allow fewer"
            .formatted(login, e.getMessage(), options.sessions()),
        e);
  }

  /// How many sessions there may be at a time.
  int mostSessions() {
    return options.sessions();
  }

  /// Who logs in where.
  @Override
  public String toString() {
    return login.toString();
  }

  private synchronized Session connected() throws IOException {
    if (session == null || !session.isConnected()) {
      session = connect();
    }
    return session;
  }

  private Session connect() throws IOException {
    try {
      var library = new JSch();
      addKeys(library);
      var hostKeys = hostKeys(library);
      var opened = session(library, hostKeys);
      connect(opened, hostKeys);
      return opened;
    } catch (JSchException e) {
      throw refused(e);
    }
  }

  private void connect(Session session, SshHostKeys hostKeys) throws JSchException, IOException {
    try {
      session.connect(millis());
    } catch (JSchHostKeyException e) {
      throw new AccessDeniedException(
          login.toString(),
          null,
          ("%s does not have the key %s that the host showed (%s). Compare it with the fingerprint"
                  + " that its owner tells, then connect once with `ssh`, or set"
                  + " StrictHostKeyChecking accept-new in ~/.ssh/config")
              .formatted(login.knownHosts(), hostKeys.shown(), e.getMessage()));
    }
  }

  private IOException refused(JSchException e) {
    var said = String.valueOf(e.getMessage());
    if (said.startsWith("Auth")) {
      return new AccessDeniedException(
          login.toString(),
          null,
          "the login was refused (%s) with the keys %s%s; set keyfile, password or user"
              .formatted(said, login.keys(), login.agent().isPresent() ? " and the agent" : ""));
    }
    return new IOException(login + ": " + said, e);
  }

  private Session session(JSch library, SshHostKeys hostKeys) throws JSchException {
    var made = library.getSession(login.user(), login.host(), login.port());
    made.setHostKeyRepository(hostKeys);
    login.algorithms().forEach(made::setConfig);
    made.setConfig("StrictHostKeyChecking", "yes");
    made.setConfig(
        "PreferredAuthentications",
        (options.gss() ? "gssapi-with-mic," : "") + "publickey,keyboard-interactive,password");
    options.password().ifPresent(text -> made.setPassword(text.getBytes(StandardCharsets.UTF_8)));
    login.proxy().ifPresent(command -> made.setProxy(new SshProxy(command)));
    made.setServerAliveInterval(Math.max(1, millis() / QUESTIONS));
    made.setServerAliveCountMax(QUESTIONS);
    made.setDaemonThread(true);
    return made;
  }

  private int millis() {
    return (int) Math.min(options.timeout().toMillis(), Integer.MAX_VALUE);
  }

  private void addKeys(JSch library) throws JSchException, IOException {
    var phrase = options.passphrase().map(text -> text.getBytes(StandardCharsets.UTF_8));
    for (var key : login.keys()) {
      try {
        library.addIdentity(key.toString(), phrase.orElse(null));
      } catch (JSchException e) {
        throw new IOException(
            "%s: the private key cannot be used: %s".formatted(key, e.getMessage()), e);
      }
    }
    if (login.agent().isPresent()) {
      addAgent(library, login.agent().get());
    }
  }

  private static void addAgent(JSch library, Path socket) throws IOException {
    try {
      var agent = new AgentIdentityRepository(new SSHAgentConnector(socket));
      library.setIdentityRepository(new SshIdentities(library.getIdentityRepository(), agent));
    } catch (AgentProxyException e) {
      throw new IOException(
          "%s: the ssh-agent cannot be asked (%s); allow_agent false goes without it"
              .formatted(socket, e.getMessage()),
          e);
    }
  }

  private SshHostKeys hostKeys(JSch library) throws JSchException, IOException {
    var known = new StringBuilder();
    for (var file : List.of(login.knownHosts(), OF_ALL_USERS)) {
      if (Files.exists(file)) {
        known.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
      }
    }
    library.setKnownHosts(
        new ByteArrayInputStream(known.toString().getBytes(StandardCharsets.ISO_8859_1)));
    return new SshHostKeys(library.getHostKeyRepository(), login.policy(), login.knownHosts());
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.disconnect();
    }
  }
}
