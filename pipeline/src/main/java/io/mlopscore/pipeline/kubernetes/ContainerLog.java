package io.mlopscore.pipeline.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.BytesLimitTerminateTimeTailPrettyLoggable;
import io.mlopscore.pipeline.executor.TaskOutput;
import io.mlopscore.pipeline.executor.TaskOutput.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Passes on what a container writes while it runs, each line once, even where the connection to
/// the cluster breaks: lines are asked for with the time at which they were written.
///
/// Kubernetes keeps one log for both streams, so that all is passed on as standard output.
final class ContainerLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final String namespace;
  private final String container;
  private final TaskOutput output;
  private Instant last = Instant.MIN;

  ContainerLog(KubernetesClient client, String namespace, String container, TaskOutput output) {
    this.client = client;
    this.namespace = namespace;
    this.container = container;
    this.output = output;
  }

  /// Passes lines on in another thread, as they come.
  ///
  /// @return that thread, which ends with the container or the connection
  Thread follow(String pod) {
    return Thread.ofPlatform()
        .daemon()
        .name("log-of-" + pod)
        .start(
            () -> {
              try (var watch = log(pod).watchLog()) {
                pass(watch.getOutput());
              } catch (IOException | KubernetesClientException e) {
                System.getLogger(ContainerLog.class.getName())
                    .log(System.Logger.Level.DEBUG, "the log is read again later", e);
              }
            });
  }

  /// Passes on what has not been yet, after the container ended.
  ///
  /// @param following the thread that passed lines on
  void rest(String pod, Optional<Thread> following) throws InterruptedException {
    if (following.isPresent()) {
      following.get().join(PATIENCE);
    }
    try (var all = log(pod).getLogInputStream()) {
      pass(all);
    } catch (IOException | KubernetesClientException e) {
      write(Channel.ERROR, "the rest of the log cannot be read: " + e.getMessage());
    }
  }

  private BytesLimitTerminateTimeTailPrettyLoggable log(String pod) {
    return client
        .pods()
        .inNamespace(namespace)
        .withName(pod)
        .inContainer(container)
        .usingTimestamps();
  }

  private void pass(InputStream log) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(log, UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      pass(line);
    }
  }

  private synchronized void pass(String line) {
    int blank = line.indexOf(' ');
    try {
      var written = Instant.parse(blank < 0 ? line : line.substring(0, blank));
      if (written.isAfter(last)) {
        last = written;
        write(Channel.STANDARD, blank < 0 ? "" : line.substring(blank + 1));
      }
    } catch (DateTimeParseException _) {
      write(Channel.STANDARD, line);
    }
  }

  private void write(Channel channel, String line) {
    var bytes = (line + "\n").getBytes(UTF_8);
    output.write(channel, bytes, bytes.length);
  }
}
