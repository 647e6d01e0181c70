package dev.skerry.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;

/** What came back over HTTP. */
sealed interface Reply {

  /** The registry did what it was asked. */
  record Done(JsonNode body) implements Reply {}

  /**
   * The registry said no, in its own words.
   *
   * @param code its error code, for example 40403
   */
  record Denied(int code, String message) implements Reply {}

  /** Nothing that a registry would say; the reason names each URL. */
  record Silence(String reason) implements Reply {}
}
