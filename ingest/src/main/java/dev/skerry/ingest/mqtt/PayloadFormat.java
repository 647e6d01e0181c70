package dev.skerry.ingest.mqtt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the payload of a message of readings is written. */
enum PayloadFormat {
  JSON("json", "application/json"),
  AVRO("avro", "application/avro"),
  FLOAT32("f32", "application/vnd.skerry.float32");

  private final String suffix;
  private final String contentType;

  PayloadFormat(String suffix, String contentType) {
    this.suffix = suffix;
    this.contentType = contentType;
  }

  /** The last level of a topic. */
  String suffix() {
    return suffix;
  }

  /** The media type. */
  String contentType() {
    return contentType;
  }

  static Optional<PayloadFormat> bySuffix(String suffix) {
    return Arrays.stream(values()).filter(format -> format.suffix.equals(suffix)).findFirst();
  }

  /** By a media type, whatever its parameters. */
  static Optional<PayloadFormat> byContentType(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (type) {
      case "avro/binary" -> Optional.of(AVRO);
      case "application/octet-stream" -> Optional.of(FLOAT32);
      default ->
          Arrays.stream(values()).filter(format -> format.contentType.equals(type)).findFirst();
    };
  }
}
