package dev.skerry.ingest.body;

/** What became of reading one message. */
public sealed interface Read {

  /** It could be read. */
  record Understood(Message message) implements Read {}

  /**
   * It could not be read.
   *
   * @param field the field, as a path such as {@code readings.values[3]}; empty for the whole
   * @param position where in the body, for people: line and column, or byte
   * @param detail what is wrong and what to do, in one sentence
   */
  record Unreadable(String field, String position, String detail) implements Read {}
}
