package dev.skerry.schemas.registry;

/** What a registry said, or that it said nothing that can be used. */
public sealed interface Answer<T> {

  /** What was asked for. */
  record Known<T>(T value) implements Answer<T> {}

  /** The registry is sure that there is no such thing (40401, 40402, 40403). */
  record Absent<T>(String detail) implements Answer<T> {}

  /**
   * The registry will not do it.
   *
   * @param code 409 incompatible, 42201 invalid schema, 42203 invalid compatibility level, 42205
   *     read only, or another one of its own
   */
  record Refused<T>(int code, String detail) implements Answer<T> {}

  /** The registry knows it, but it is no Avro schema that can be used here. */
  record Unusable<T>(String detail) implements Answer<T> {}

  /**
   * Nobody can say now: no answer, an answer that is rubbish, credentials that are refused. Worth
   * asking again later.
   */
  record Away<T>(String detail) implements Answer<T> {}
}
