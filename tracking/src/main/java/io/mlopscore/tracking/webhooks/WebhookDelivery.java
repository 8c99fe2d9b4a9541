package io.mlopscore.tracking.webhooks;

import io.mlopscore.tracking.ModelRegistry;
import io.mlopscore.tracking.TrackingException;
import io.mlopscore.tracking.events.RegistryChange;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Tells webhooks of changes, beside the requests that made them.
///
/// Changes wait in a bounded queue; if receivers are so slow that it is full, a change is dropped,
/// counted and logged rather than kept from being written.
public final class WebhookDelivery implements Consumer<RegistryChange>, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WebhookDelivery.class.getName());
  private static final int MOST_WAITING = 1000;

  private final Webhooks webhooks;
  private final ModelRegistry registry;
  private final WebhookSender sender;
  private final BlockingQueue<RegistryChange> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Semaphore workers;
  private final LongAdder failed = new LongAdder();
  private final Thread reader;

  public WebhookDelivery(
      Webhooks webhooks, ModelRegistry registry, WebhookSender sender, int workers) {
    this.webhooks = webhooks;
    this.registry = registry;
    this.sender = sender;
    this.workers = new Semaphore(workers);
    reader = Thread.ofVirtual().name("webhooks").start(this::read);
  }

  @Override
  public void accept(RegistryChange change) {
    if (!waiting.offer(change)) {
      failed.increment();
      LOG.log(
          System.Logger.Level.WARNING,
          "webhooks are not told of {0}: too much waits",
          change.name());
    }
  }

  /// How many messages were not delivered.
  public long failed() {
    return failed.sum();
  }

  private void read() {
    try {
      while (true) {
        tell(waiting.take());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void tell(RegistryChange change) throws InterruptedException {
    try {
      var message = WebhookMessage.of(change, this::isPrompt);
      if (message.isEmpty()) {
        return;
      }
      for (var webhook : webhooks.toldOf(message.get().event())) {
        workers.acquire();
        Thread.ofVirtual().name("webhook").start(() -> send(webhook, message.get()));
      }
    } catch (RuntimeException e) {
      // whatever it is, the next change is told again
      failed.increment();
      LOG.log(System.Logger.Level.ERROR, "webhooks are not told of " + change.name(), e);
    }
  }

  private boolean isPrompt(String name) {
    return registry
        .registeredModel(name)
        .filter(model -> WebhookMessage.isPrompt(model.tags()))
        .isPresent();
  }

  private void send(Webhook webhook, WebhookMessage message) {
    try {
      var answer = sender.send(webhook, message);
      if (!answer.isSuccess()) {
        failed(webhook, message, "it answered " + answer.status());
      }
    } catch (IOException | TrackingException e) {
      failed(webhook, message, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      workers.release();
    }
  }

  private void failed(Webhook webhook, WebhookMessage message, String why) {
    failed.increment();
    LOG.log(
        System.Logger.Level.ERROR,
        "webhook {0} was not told of {1}.{2}: {3}",
        webhook.name(),
        message.event().entity().text(),
        message.event().action().text(),
        why);
  }

  /// What waits is lost; a message that is being sent may still arrive.
  @Override
  public void close() {
    reader.interrupt();
  }
}
