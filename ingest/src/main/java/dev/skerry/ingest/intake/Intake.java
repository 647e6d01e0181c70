package dev.skerry.ingest.intake;

import java.util.concurrent.CompletionStage;

/**
 * Where every message goes, by whichever way it came. Thread-safe and never blocking: an event loop
 * may call it. Messages of one device are written in the order of the calls.
 */
public interface Intake {

  /**
   * Takes one message. The receipt may be there at once; otherwise it comes when Kafka has
   * acknowledged the write, on a thread that must not be held up. It never comes as an exception.
   */
  CompletionStage<Receipt> accept(Arrival arrival);
}
