package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.body.ImageBody;
import dev.skerry.ingest.body.Read;
import dev.skerry.ingest.mqtt.packet.Properties;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What user properties say of a payload that cannot say it itself: they are named as the fields of
 * telemetry are, attributes as {@code attribute.NAME}. Others are somebody else's. Immutable.
 */
final class UserFields {

  private static final int MAX_ATTRIBUTES = 64;
  private static final String ATTRIBUTES = "attribute.";

  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, String> attributes = new HashMap<>();

  /** A user property that is not what it should be. */
  static final class Wrong extends Exception {
    private final String field;

    /** Has no stack trace: it is an outcome, and anybody may cause a thousand of them. */
    Wrong(String field, String detail) {
      super(detail, null, false, false);
      this.field = field;
    }

    Read.Unreadable unreadable() {
      return new Read.Unreadable(field, "user property " + field, String.valueOf(getMessage()));
    }
  }

  private UserFields() {}

  static UserFields of(Properties properties) throws Wrong {
    UserFields fields = new UserFields();
    for (Properties.UserProperty property : properties.user()) {
      fields.add(property.name(), property.value());
    }
    if (fields.attributes.size() > MAX_ATTRIBUTES) {
      throw new Wrong("attribute", "A message has " + MAX_ATTRIBUTES + " of them at most");
    }
    return fields;
  }

  private void add(String name, String value) throws Wrong {
    boolean isAttribute = name.startsWith(ATTRIBUTES) && name.length() > ATTRIBUTES.length();
    String before =
        isAttribute
            ? attributes.put(name.substring(ATTRIBUTES.length()), value)
            : texts.put(name, value);
    boolean isOurs =
        isAttribute
            || switch (name) {
              case "sequence", "bootEpoch", "eventTime", "channels", "steps", "sampleRateHz" ->
                  true;
              default -> false;
            };
    if (before != null && isOurs) {
      throw new Wrong(name, "The user property is there twice; send it once");
    }
  }

  OptionalInt channels() throws Wrong {
    return count("channels");
  }

  OptionalInt steps() throws Wrong {
    return count("steps");
  }

  float sampleRateHz() throws Wrong {
    String text = texts.get("sampleRateHz");
    if (text == null) {
      return 0;
    }
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value) && value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new Wrong("sampleRateHz", "The user property must be a number from 0 up");
    }
    throw new Wrong("sampleRateHz", "The user property must be a number from 0 up");
  }

  /** Everything that is not of the payload itself. */
  ImageBody.Label label() throws Wrong {
    Optional<Long> sequence = whole("sequence");
    return new ImageBody.Label(
        sequence.map(OptionalLong::of).orElseGet(OptionalLong::empty),
        whole("bootEpoch").orElse(0L),
        eventTime(),
        attributes);
  }

  private Optional<Instant> eventTime() throws Wrong {
    String text = texts.get("eventTime");
    if (text == null) {
      return Optional.empty();
    }
    try {
      long millis = text.contains("T") ? Instant.parse(text).toEpochMilli() : Long.parseLong(text);
      return Optional.of(Instant.ofEpochMilli(millis));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new Wrong(
          "eventTime",
          "The time must be ISO 8601 with its offset, such as 2026-05-01T12:00:00.250Z, or"
              + " milliseconds since 1970");
    }
  }

  private OptionalInt count(String name) throws Wrong {
    Optional<Long> value = whole(name);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (value.get() < 1 || value.get() > Integer.MAX_VALUE) {
      throw new Wrong(name, "The user property must be a whole number from 1 up");
    }
    return OptionalInt.of(value.get().intValue());
  }

  private Optional<Long> whole(String name) throws Wrong {
    String text = texts.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new Wrong(name, "The user property must be a whole number of 64 bits");
    }
  }
}
