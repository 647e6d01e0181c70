package dev.skerry.ingest.publish;

import dev.skerry.ingest.publish.HttpAnswer.Fate;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records of some devices, in their order: one batch is on its way at a time, and takes all that
 * waited meanwhile. What was not acknowledged is sent again, in front of what came later.
 * Thread-safe.
 */
final class HttpLane {

  private static final int MAX_BATCH_RECORDS = 1000;
  private static final int MAX_BATCH_BYTES = 1 << 20;
  private static final int LENGTH_BYTES = 4;

  private final HttpClient client;
  private final HttpRequest.Builder request;
  private final Underway underway;
  private final Executor executor;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Backoff backoff = new Backoff();
  private boolean sending;
  private volatile boolean closed;

  HttpLane(HttpClient client, HttpRequest.Builder request, Underway underway, Executor executor) {
    this.client = client;
    this.request = request;
    this.underway = underway;
    this.executor = executor;
  }

  void add(Outgoing record) {
    synchronized (this) {
      waiting.add(record);
      if (sending) {
        return;
      }
      sending = true;
    }
    sendNext();
  }

  void close() {
    closed = true;
  }

  private void sendNext() {
    List<Outgoing> batch;
    synchronized (this) {
      batch = takeBatch();
      sending = !batch.isEmpty() && !closed;
      if (!sending) {
        return;
      }
    }
    CompletableFuture<Void> unusedAnswered =
        client
            .sendAsync(
                request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body(batch))).build(),
                HttpResponse.BodyHandlers.ofString())
            .handle((response, failure) -> answered(batch, response, failure))
            .thenAcceptAsync(this::continueAfter, executor);
  }

  private List<Outgoing> takeBatch() {
    List<Outgoing> batch = new ArrayList<>();
    int bytes = 0;
    for (Iterator<Outgoing> records = waiting.iterator(); records.hasNext(); ) {
      Outgoing record = records.next();
      bytes += record.bytes().length + LENGTH_BYTES;
      if (!batch.isEmpty() && (bytes > MAX_BATCH_BYTES || batch.size() == MAX_BATCH_RECORDS)) {
        break;
      }
      batch.add(record);
      records.remove();
    }
    return batch;
  }

  /** How long to wait before the next batch. */
  private Duration answered(
      List<Outgoing> batch, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {
    if (response == null) {
      return again(batch, "it cannot be reached: " + failure);
    }
    HttpAnswer answer = HttpAnswer.of(response, batch.size());
    if (answer instanceof HttpAnswer.Denied denied) {
      underway.fail(denied.why());
      close();
      return Duration.ZERO;
    }
    HttpAnswer.PerRecord perRecord = (HttpAnswer.PerRecord) answer;
    List<Outgoing> later = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Fate fate = perRecord.fates().get(i);
      if (fate instanceof Fate.Safe) {
        underway.acknowledged(batch.get(i));
      } else if (fate instanceof Fate.Refused refused) {
        underway.refused(batch.get(i), refused.reason());
      } else {
        later.add(batch.get(i));
      }
    }
    if (later.isEmpty()) {
      backoff.reset();
      return Duration.ZERO;
    }
    Duration delay = again(later, "it answers " + response.statusCode());
    return perRecord.retryAfter().orElse(delay);
  }

  private Duration again(List<Outgoing> records, String why) {
    synchronized (this) {
      for (int i = records.size() - 1; i >= 0; i--) {
        waiting.addFirst(records.get(i));
      }
    }
    underway.again(records.size(), records.get(0), why);
    return backoff.next();
  }

  private void continueAfter(Duration delay) {
    if (delay.isZero()) {
      sendNext();
    } else {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(this::sendNext);
    }
  }

  /** Each record after its length. */
  private static byte[] body(List<Outgoing> batch) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Outgoing record : batch) {
      body.writeBytes(ByteBuffer.allocate(LENGTH_BYTES).putInt(record.bytes().length).array());
      body.writeBytes(record.bytes());
    }
    return body.toByteArray();
  }
}
