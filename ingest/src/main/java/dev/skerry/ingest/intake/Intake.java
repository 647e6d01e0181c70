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

  /**
   * Keeps one message that could not be read, as a dead letter: for senders whom the protocol
   * cannot tell, and who throw it away once it is acknowledged. The receipt comes as that of {@link
   * #accept}, and is a refusal when the message is kept.
   */
  CompletionStage<Receipt> keep(Unread unread);
}
