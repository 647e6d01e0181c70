package dev.skerry.schemas.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Statements as JSON text, and back. Fields of newer publishers are passed over. */
final class ReleaseJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private ReleaseJson() {}

  static Statement read(byte[] json) {
    try {
      return JSON.readValue(json, Statement.class);
    } catch (JsonProcessingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidStatementException invalid) {
          throw invalid;
        }
      }
      throw new InvalidStatementException("it cannot be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InvalidStatementException("it cannot be read: " + e.getMessage());
    }
  }

  static String write(Statement statement) {
    try {
      return JSON.writeValueAsString(statement);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a valid statement is always JSON", e);
    }
  }

  static void require(boolean holds, String field, String otherwise) {
    if (!holds) {
      throw new InvalidStatementException(field + " " + otherwise);
    }
  }

  /** Also where JSON left the field out, whatever its type says. */
  static void requireText(String value, String field) {
    require(value != null && !value.isBlank(), field, "must not be empty");
  }

  static void requireShare(double value, String field) {
    require(value >= 0 && value <= 1, field, "must be from 0 to 1, not " + value);
  }
}
