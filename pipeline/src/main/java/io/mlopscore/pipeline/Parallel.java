package io.mlopscore.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Does the same for many things, several at a time.
///
/// @param jobs how many at a time
public record Parallel(int jobs) {
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().name("worker-", 0).daemon().factory();

  /// As many as the machine has processors: for work that is not waiting for a network.
  static Parallel local() {
    return new Parallel(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  public interface Task<T> {
    void run(T item) throws IOException;
  }

  public interface Test<T> {
    boolean holds(T item) throws IOException;
  }

  /// @throws IOException the first failure; what was not begun by then is left out
  public <T> void forEach(Collection<T> items, Task<T> task) throws IOException {
    if (items.isEmpty()) {
      return;
    }
    var left = items.iterator();
    try (var threads = Executors.newFixedThreadPool(Math.min(jobs, items.size()), THREADS)) {
      var workers = new ArrayList<Future<?>>();
      for (int i = 0; i < Math.min(jobs, items.size()); i++) {
        workers.add(
            threads.submit(
                () -> {
                  work(left, task);
                  return true;
                }));
      }
      await(workers, left);
    }
  }

  private static <T> void work(Iterator<T> left, Task<T> task) throws IOException {
    while (true) {
      T item;
      synchronized (left) {
        if (!left.hasNext()) {
          return;
        }
        item = left.next();
      }
      try {
        task.run(item);
      } catch (IOException | RuntimeException e) {
        exhaust(left);
        throw e;
      }
    }
  }

  private static <T> void exhaust(Iterator<T> left) {
    synchronized (left) {
      while (left.hasNext()) {
        left.next();
      }
    }
  }

  private static <T> void await(List<Future<?>> workers, Iterator<T> left) throws IOException {
    for (var worker : workers) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        rethrow(e.getCause());
      } catch (InterruptedException e) {
        exhaust(left);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private static void rethrow(@Nullable Throwable cause) throws IOException {
    switch (cause) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(cause);
    }
  }

  /// Those items of which something holds, in their order.
  public <T> List<T> filter(Collection<T> items, Test<T> test) throws IOException {
    var all = List.copyOf(items);
    var held = new boolean[all.size()];
    var positions = new ArrayList<Integer>(all.size());
    for (int i = 0; i < held.length; i++) {
      positions.add(i);
    }
    forEach(positions, i -> held[i] = test.holds(all.get(i)));
    var found = new ArrayList<T>();
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        found.add(all.get(i));
      }
    }
    return found;
  }
}
