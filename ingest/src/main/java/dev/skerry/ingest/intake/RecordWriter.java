package dev.skerry.ingest.intake;

import java.util.List;
import org.apache.kafka.common.header.Header;

/** Where records go. Thread-safe; never blocks. */
interface RecordWriter {

  /** Hands a record over; those of one key are written in the order of the calls. */
  void write(String topic, byte[] key, byte[] value, List<Header> headers, Outcome outcome);

  /** What becomes of a record; told once, perhaps before {@link #write} returns. */
  interface Outcome {

    /** The record is in the topic. */
    void written(int partition, long offset);

    /** The record was not taken and is not in the topic: there is no room, or no broker yet. */
    void refused(String why);

    /** Nobody knows whether the record is in the topic. */
    void failed(Exception why);
  }
}
