package dev.skerry.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skerry.ingest.body.Read.Unreadable;
import dev.skerry.ingest.intake.Receipt;
import dev.skerry.ingest.intake.RefusalReason;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Outcomes as statuses and bodies of JSON. Thread-safe. */
final class Answers {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MULTI_STATUS = 207;

  private Answers() {}

  /** A status with its body. */
  record Answer(int status, Buffer body, Optional<Long> retryAfterSeconds) {}

  /** What one message of a body came to: it was not even read, or this is its receipt. */
  sealed interface Item {
    /** It could not be read. */
    record NotRead(Unreadable why) implements Item {}

    /** It was read and handed in. */
    record Handed(Receipt receipt) implements Item {}
  }

  static Answer error(HttpError error) {
    return new Answer(
        error.status(),
        json(
            json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("error");
              fields(json, error);
              json.writeEndObject();
              json.writeEndObject();
            }),
        error.retryAfterSeconds());
  }

  /** The answer to a body with one message. */
  static Answer single(Item item) {
    return item instanceof Item.Handed handed && isStored(handed.receipt())
        ? new Answer(200, Buffer.buffer(stored(handed.receipt())), Optional.empty())
        : error(error(item));
  }

  /** The answer to a body with many messages: those that are not stored are named. */
  static Answer batch(List<Item> items) {
    long stored =
        items.stream()
            .filter(item -> item instanceof Item.Handed handed && isStored(handed.receipt()))
            .count();
    if (stored == items.size()) {
      Buffer body = Buffer.buffer("{\"stored\":" + stored + ",\"failed\":0}");
      return new Answer(200, body, Optional.empty());
    }
    Optional<Integer> common = commonStatus(items);
    Optional<Long> retry =
        items.stream()
            .filter(item -> !(item instanceof Item.Handed handed && isStored(handed.receipt())))
            .flatMap(item -> error(item).retryAfterSeconds().stream())
            .max(Long::compare);
    int status = common.filter(s -> s == 429 || s == 503).orElse(MULTI_STATUS);
    return new Answer(status, json(json -> writeBatch(json, items, stored)), retry);
  }

  private static void writeBatch(JsonGenerator json, List<Item> items, long stored)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("stored", stored);
    json.writeNumberField("failed", items.size() - stored);
    json.writeArrayFieldStart("items");
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Item.Handed handed && isStored(handed.receipt()))) {
        json.writeStartObject();
        json.writeNumberField("index", i);
        fields(json, error(items.get(i)));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static Optional<Integer> commonStatus(List<Item> items) {
    List<Integer> statuses =
        items.stream()
            .map(
                item ->
                    item instanceof Item.Handed handed && isStored(handed.receipt())
                        ? 200
                        : error(item).status())
            .distinct()
            .toList();
    return statuses.size() == 1 ? Optional.of(statuses.get(0)) : Optional.empty();
  }

  private static boolean isStored(Receipt receipt) {
    return receipt instanceof Receipt.Stored || receipt instanceof Receipt.AlreadyStored;
  }

  private static String stored(Receipt receipt) {
    return receipt instanceof Receipt.Stored stored
        ? "{\"status\":\"stored\",\"partition\":"
            + stored.partition()
            + ",\"offset\":"
            + stored.offset()
            + "}"
        : "{\"status\":\"already-stored\"}";
  }

  private static HttpError error(Item item) {
    if (item instanceof Item.NotRead notRead) {
      Unreadable why = notRead.why();
      return new HttpError(
          400, "unreadable", why.field(), why.position(), why.detail(), Optional.empty());
    }
    Receipt receipt = ((Item.Handed) item).receipt();
    if (receipt instanceof Receipt.Refused refused) {
      return new HttpError(
          status(refused.reason()),
          refused.reason().word(),
          refused.field(),
          "",
          refused.detail(),
          Optional.empty());
    }
    if (receipt instanceof Receipt.Busy busy) {
      return HttpError.later(
          429, "busy", busy.detail(), Math.max(1, busy.retryAfter().toSeconds()));
    }
    String detail = receipt instanceof Receipt.Unacknowledged waits ? waits.detail() : "";
    return HttpError.later(503, "unacknowledged", detail, 1);
  }

  private static int status(RefusalReason reason) {
    return switch (reason) {
      case NOT_YOURS -> 403;
      case UNREADABLE -> 400;
      case TOO_LARGE -> 413;
      default -> 422;
    };
  }

  private static void fields(JsonGenerator json, HttpError error) throws IOException {
    json.writeNumberField("status", error.status());
    json.writeStringField("reason", error.reason());
    if (!error.field().isEmpty()) {
      json.writeStringField("field", error.field());
    }
    if (!error.position().isEmpty()) {
      json.writeStringField("position", error.position());
    }
    json.writeStringField("detail", error.detail());
  }

  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static Buffer json(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return Buffer.buffer(text.toString());
  }
}
