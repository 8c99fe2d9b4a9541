package io.mlopscore.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Large objects in parts, several at a time; each part is sent again if its connection breaks. The
/// object appears when all its parts are there
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html).
final class S3Parts {
  /// Bytes of a part, and of the largest object that goes without parts.
  static final int SIZE = 8 << 20;

  private static final int MOST_PARTS = 10_000;

  /// Parts in memory or on their way, over all uploads: what bounds the heap.
  private static final int MOST_AT_ONCE = 8;

  private final S3Client client;
  private final String bucket;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  S3Parts(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /// A stream can be read once only, so each part waits in memory until it is sent.
  void put(String key, InputStream content, long size) throws IOException {
    take();
    var first = fill(content, size, 1);
    if (first.length < partSize(size, 1)) {
      putWhole(key, first, size);
      return;
    }
    begin(key).send(content, first, size);
  }

  private Upload begin(String key) throws IOException {
    try {
      return new Upload(key);
    } catch (IOException e) {
      places.release();
      throw e;
    }
  }

  private void putWhole(String key, byte[] content, long size) throws IOException {
    try {
      ObjectStore.requireWhole(content.length, size);
      var body = RequestBody.fromBytes(content);
      S3ObjectStore.call(
          key, () -> client.putObject(request -> request.bucket(bucket).key(key), body));
    } finally {
      places.release();
    }
  }

  /// A file can be read again, so its parts need no memory.
  ObjectVersion put(String key, Path file) throws IOException {
    return new Upload(key).send(file);
  }

  private byte[] fill(InputStream content, long size, int number) throws IOException {
    try {
      return content.readNBytes(partSize(size, number));
    } catch (IOException | RuntimeException | Error e) {
      places.release();
      throw e;
    }
  }

  /// Ten thousand parts must do: parts grow with a large size, and where the size is not known,
  /// with their number.
  private static int partSize(long size, int number) {
    var least = size < 0 ? (long) SIZE * (1 + number / 2000) : (size + MOST_PARTS - 1) / MOST_PARTS;
    return Math.toIntExact(Math.max(SIZE, least));
  }

  private void take() throws IOException {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting to send", e);
    }
  }

  /// One object on its way.
  private final class Upload {
    private final String key;
    private final String id;
    private final List<Future<CompletedPart>> sent = new ArrayList<>();

    Upload(String key) throws IOException {
      this.key = key;
      this.id =
          S3ObjectStore.call(
              key,
              () ->
                  client
                      .createMultipartUpload(request -> request.bucket(bucket).key(key))
                      .uploadId());
    }

    void send(InputStream content, byte[] first, long size) throws IOException {
      finish(
          executor -> {
            var came = 0L;
            for (var part = first; part.length > 0; part = fill(content, size, sent.size() + 1)) {
              var body = RequestBody.fromBytes(part);
              var number = sent.size() + 1;
              sent.add(executor.submit(() -> one(number, body)));
              came += part.length;
              requireNoFailure();
              take();
            }
            places.release();
            ObjectStore.requireWhole(came, size);
          });
    }

    ObjectVersion send(Path file) throws IOException {
      var size = Files.size(file);
      var partSize = partSize(size, 1);
      var answer =
          finish(
              executor -> {
                for (var from = 0L; from < size; from += partSize) {
                  requireNoFailure();
                  take();
                  var body = region(file, from, Math.min(partSize, size - from));
                  var number = sent.size() + 1;
                  sent.add(executor.submit(() -> one(number, body)));
                }
              });
      return S3Versions.version(answer.versionId(), answer.eTag(), size);
    }

    /// The rest of a large object need not be sent for nothing.
    private void requireNoFailure() throws IOException {
      for (var part : sent) {
        if (part.state() == Future.State.FAILED) {
          await(part);
        }
      }
    }

    private CompletedPart one(int number, RequestBody body) throws IOException {
      try {
        var answer =
            S3ObjectStore.call(
                key,
                () ->
                    client.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number),
                        body));
        return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
      } finally {
        places.release();
      }
    }

    private CompleteMultipartUploadResponse finish(Sending sending) throws IOException {
      try {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
          sending.through(executor);
        }
        return complete();
      } catch (IOException | RuntimeException | Error e) {
        abort(e);
        throw e;
      }
    }

    private CompleteMultipartUploadResponse complete() throws IOException {
      var parts = new ArrayList<CompletedPart>();
      for (var part : sent) {
        parts.add(await(part));
      }
      return S3ObjectStore.call(
          key,
          () ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(bucket)
                          .key(key)
                          .uploadId(id)
                          .multipartUpload(all -> all.parts(parts))));
    }

    /// Parts of an upload that was given up would cost money for ever.
    private void abort(Throwable failure) {
      try {
        S3ObjectStore.call(
            key,
            () ->
                client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(id)));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private interface Sending {
    void through(ExecutorService executor) throws IOException;
  }

  private static CompletedPart await(Future<CompletedPart> part) throws IOException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending", e);
    }
  }

  private static RequestBody region(Path file, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            var channel = FileChannel.open(file, StandardOpenOption.READ).position(from);
            return new LimitedStream(Channels.newInputStream(channel), length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        "application/octet-stream");
  }
}
