package io.mlopscore.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// A machine that can be reached by SSH: Apache MINA on a free port, whose files are this one's.
final class SftpServer implements AutoCloseable {
  static final String PASSWORD = "open sesame";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey;

  SftpServer(KeyPair hostKey) throws IOException {
    this.hostKey = hostKey;
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator((user, password, _) -> password.equals(PASSWORD));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
  }

  static SftpServer start() throws IOException, GeneralSecurityException {
    return new SftpServer(KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256));
  }

  int port() {
    return server.getPort();
  }

  /// Makes the folder of a user who knows this host.
  Path home(Path folder) throws IOException {
    var buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(hostKey.getPublic());
    var key = Base64.getEncoder().encodeToString(buffer.getCompactData());
    var line = "[127.0.0.1]:%d ecdsa-sha2-nistp256 %s%n".formatted(port(), key);
    Files.createDirectories(folder.resolve(".ssh"));
    Files.writeString(folder.resolve(".ssh/known_hosts"), line);
    return folder;
  }

  /// Breaks the connections that there are.
  void hangUp() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
