package dev.skerry.ingest.http;

import dev.skerry.ingest.body.Addressee;
import dev.skerry.ingest.body.AvroBody;
import dev.skerry.ingest.body.Body;
import dev.skerry.ingest.body.ImageBody;
import dev.skerry.ingest.body.JsonBody;
import io.vertx.core.http.HttpServerRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the reader for a request's body by its path and content type. Not thread-safe. */
final class BodyReader {

  private static final String ATTRIBUTE = "attribute.";

  private final String siteId;
  private final JsonBody json;
  private final AvroBody avro;

  /** Reads bodies of a kind. */
  @FunctionalInterface
  interface Reader {
    Body read(byte[] bytes);
  }

  /** A reader, or why there is none. */
  sealed interface Found {
    record It(Reader reader) implements Found {}

    record None(HttpError error) implements Found {}
  }

  BodyReader(String siteId, int maxMessages) {
    this.siteId = siteId;
    this.json = new JsonBody(maxMessages);
    this.avro = new AvroBody(maxMessages);
  }

  Found find(Route route, HttpServerRequest request, Optional<String> sender) {
    String type = mediaType(request.getHeader("content-type"));
    return route instanceof Route.FrameBody frame
        ? frame(frame, type, request, sender)
        : telemetry(type, new Addressee(siteId, Optional.empty(), Optional.empty(), sender));
  }

  private Found telemetry(String type, Addressee addressee) {
    return switch (type) {
      case "application/json" -> new Found.It(bytes -> json.read(bytes, addressee));
      case "application/x-ndjson", "application/jsonl" ->
          new Found.It(bytes -> json.readLines(bytes, addressee));
      case AvroBody.MEDIA_TYPE -> new Found.It(bytes -> avro.read(bytes, addressee));
      case "application/avro-batch" -> new Found.It(bytes -> avro.readMany(bytes, addressee));
      default ->
          unsupported(
              "application/json, application/x-ndjson, application/avro or"
                  + " application/avro-batch");
    };
  }

  private Found frame(
      Route.FrameBody route, String type, HttpServerRequest request, Optional<String> sender) {
    if (!type.equals("image/jpeg") && !type.equals("image/png")) {
      return unsupported("image/jpeg or image/png");
    }
    Addressee addressee =
        new Addressee(siteId, Optional.of(route.device()), Optional.of(route.stream()), sender);
    try {
      ImageBody.Label label = label(request);
      return new Found.It(bytes -> ImageBody.read(bytes, type, addressee, route.stream(), label));
    } catch (WrongParameter e) {
      return new Found.None(
          new HttpError(400, "unreadable", e.name, "query", e.detail, Optional.empty()));
    }
  }

  private static Found unsupported(String expected) {
    return new Found.None(
        HttpError.of(415, "unsupported-type", "Send the body with the Content-Type " + expected));
  }

  private static String mediaType(@Nullable String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static ImageBody.Label label(HttpServerRequest request) throws WrongParameter {
    Map<String, String> attributes = new HashMap<>();
    OptionalLong sequence = OptionalLong.empty();
    long bootEpoch = 0;
    Optional<Instant> eventTime = Optional.empty();
    for (Map.Entry<String, String> parameter : parameters(request)) {
      String name = parameter.getKey();
      switch (name) {
        case "sequence" -> sequence = OptionalLong.of(whole(name, parameter.getValue()));
        case "bootEpoch" -> bootEpoch = whole(name, parameter.getValue());
        case "eventTime" -> eventTime = Optional.of(time(name, parameter.getValue()));
        default -> {
          if (!name.startsWith(ATTRIBUTE)) {
            throw new WrongParameter(
                name,
                "There is no such parameter; there are sequence, bootEpoch, eventTime and"
                    + " attribute.NAME");
          }
          attributes.put(name.substring(ATTRIBUTE.length()), parameter.getValue());
        }
      }
    }
    return new ImageBody.Label(sequence, bootEpoch, eventTime, attributes);
  }

  private static Iterable<Map.Entry<String, String>> parameters(HttpServerRequest request)
      throws WrongParameter {
    try {
      return request.params();
    } catch (IllegalArgumentException e) {
      throw new WrongParameter("", "The query cannot be read: " + e.getMessage());
    }
  }

  private static long whole(String name, String text) throws WrongParameter {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new WrongParameter(name, "The parameter must be a whole number of 64 bits");
    }
  }

  private static Instant time(String name, String text) throws WrongParameter {
    try {
      return text.matches("-?\\d{1,18}")
          ? Instant.ofEpochMilli(Long.parseLong(text))
          : Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new WrongParameter(
          name, "The time must be ISO 8601 such as 2026-05-01T12:00:00.250Z, or milliseconds");
    }
  }

  private static final class WrongParameter extends Exception {
    private final String name;
    private final String detail;

    WrongParameter(String name, String detail) {
      super(detail, null, false, false);
      this.name = name;
      this.detail = detail;
    }
  }
}
