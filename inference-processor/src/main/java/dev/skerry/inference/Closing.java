package dev.skerry.inference;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frees what a service took, whatever happens. */
final class Closing {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);
  private static final Duration PRODUCER_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CONSUMER_TIMEOUT = Duration.ofSeconds(2);

  private Closing() {}

  static void close(AutoCloseable resource) {
    try {
      if (resource instanceof Producer<?, ?> producer) {
        producer.close(PRODUCER_TIMEOUT); // Without a limit it waits for a broker for ever.
      } else if (resource instanceof Consumer<?, ?> consumer) {
        // A rebalance that is under way waits for members that are closing too: half a minute.
        consumer.close(CloseOptions.timeout(CONSUMER_TIMEOUT));
      } else {
        resource.close();
      }
    } catch (Exception e) {
      log.warn("{} could not be closed", resource.getClass().getSimpleName(), e);
    }
  }
}
