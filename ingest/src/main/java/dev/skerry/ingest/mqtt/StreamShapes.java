package dev.skerry.ingest.mqtt;

import java.util.OptionalInt;

/** What is known of the shape of streams, for payloads that do not say it. Thread-safe. */
@FunctionalInterface
public interface StreamShapes {

  /** How many channels the readings of a stream have; empty where nobody knows. */
  OptionalInt channels(String stream);
}
