package dev.skerry.ingest.http;

import java.util.Optional;

/**
 * An answer that is no success.
 *
 * @param status of HTTP
 * @param reason for machines
 * @param field the field, as a path; empty for the whole
 * @param position where in the body; empty where that says nothing
 * @param detail what is wrong and what to do, in one sentence
 * @param retryAfterSeconds when to come again, where that helps
 */
record HttpError(
    int status,
    String reason,
    String field,
    String position,
    String detail,
    Optional<Long> retryAfterSeconds) {

  static HttpError of(int status, String reason, String detail) {
    return new HttpError(status, reason, "", "", detail, Optional.empty());
  }

  static HttpError later(int status, String reason, String detail, long seconds) {
    return new HttpError(status, reason, "", "", detail, Optional.of(seconds));
  }
}
