package dev.skerry.ingest.http;

import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.body.Body;
import dev.skerry.ingest.body.Read;
import dev.skerry.ingest.http.Answers.Answer;
import dev.skerry.ingest.http.Answers.Item;
import dev.skerry.ingest.intake.Arrival;
import dev.skerry.ingest.intake.Intake;
import dev.skerry.ingest.intake.Room;
import dev.skerry.ingest.intake.Via;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its first byte to its answer: the body is received into room that is taken for
 * it, read, and handed in; the answer waits for Kafka, so long at most. On one event loop alone.
 */
final class Exchange {

  private static final String NOT_YET =
      "Kafka has not acknowledged it yet; send the same again, with the same sequence";

  private final HttpServerRequest request;
  private final Context context;
  private final HttpConfig config;
  private final Room room;
  private final HttpMetrics metrics;
  private final Consumer<Exchange> ended;

  private @Nullable Buffer received = Buffer.buffer();
  private @Nullable Outcomes outcomes;
  private boolean batch;
  private boolean over;
  private long taken;
  private long deadlineNanos;

  Exchange(
      HttpServerRequest request,
      Context context,
      HttpConfig config,
      Room room,
      HttpMetrics metrics,
      Consumer<Exchange> ended) {
    this.request = request;
    this.context = context;
    this.config = config;
    this.room = room;
    this.metrics = metrics;
    this.ended = ended;
    this.deadlineNanos = System.nanoTime() + config.bodyTimeout().toNanos();
  }

  /** Receives the body, and hands in what it says. */
  void receive(BodyReader.Reader reader, Principal sender, Intake intake) {
    request.exceptionHandler(broken -> end());
    request.response().exceptionHandler(broken -> end()).closeHandler(closed -> end());
    request.handler(this::receive);
    request.endHandler(
        complete -> {
          if (!over) {
            handIn(reader, sender, intake);
          }
        });
  }

  private void receive(Buffer chunk) {
    if (over || received == null) {
      return;
    }
    if (received.length() + chunk.length() > config.maxBodyBytes()) {
      refuse(tooLarge(config));
    } else if (!room.take(chunk.length())) {
      refuse(HttpError.later(429, "busy", "Too much is being received; send it again", 1));
    } else {
      taken += chunk.length();
      received.appendBuffer(chunk);
    }
  }

  static HttpError tooLarge(HttpConfig config) {
    return HttpError.of(
        413,
        "too-large",
        "The body has more than " + config.maxBodyBytes() + " bytes; send less at a time");
  }

  private void handIn(BodyReader.Reader reader, Principal sender, Intake intake) {
    byte[] bytes = received == null ? new byte[0] : received.getBytes();
    received = null;
    Body body = reader.read(bytes);
    batch = body.batch();
    deadlineNanos = System.nanoTime() + config.answerTimeout().toNanos();
    Outcomes all =
        new Outcomes(
            body.messages().size(),
            () -> {
              if (context == Vertx.currentContext()) {
                answer("");
              } else {
                context.runOnContext(here -> answer(""));
              }
            });
    outcomes = all;
    for (int i = 0; i < body.messages().size() && !over; i++) {
      Read read = body.messages().get(i);
      if (read instanceof Read.Understood understood) {
        all.put(i, intake.accept(new Arrival(sender, Via.HTTP, understood.message())));
      } else {
        all.put(i, new Item.NotRead((Read.Unreadable) read));
      }
    }
    release();
  }

  private void release() {
    room.give(taken);
    taken = 0;
  }

  private void answer(String stillMissing) {
    Outcomes all = outcomes;
    if (over || all == null) {
      return;
    }
    List<Item> items = all.items(stillMissing);
    Future<Void> unusedSent = send(batch ? Answers.batch(items) : Answers.single(items.get(0)));
    end();
  }

  /** Ends an exchange whose time is over. */
  void expire(long nowNanos) {
    if (over || nowNanos - deadlineNanos < 0) {
      return;
    }
    if (outcomes != null) {
      answer(NOT_YET);
    } else {
      refuse(HttpError.of(408, "too-slow", "The body did not come in time; send it again"));
    }
  }

  /** Refuses what was not received whole; the rest of it is not waited for. */
  void refuse(HttpError error) {
    if (!over) {
      request.response().putHeader("connection", "close");
      Future<Void> unusedClosed =
          send(Answers.error(error)).transform(sent -> request.connection().close());
      end();
    }
  }

  private Future<Void> send(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    metrics.answered(answer.status());
    response.setStatusCode(answer.status()).putHeader("content-type", "application/json");
    answer
        .retryAfterSeconds()
        .ifPresent(seconds -> response.putHeader("retry-after", Long.toString(seconds)));
    return response.end(answer.body());
  }

  private void end() {
    if (!over) {
      over = true;
      received = null;
      release();
      if (outcomes != null) {
        outcomes.abandon();
      }
      ended.accept(this);
    }
  }
}
