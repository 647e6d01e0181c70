package dev.skerry.inference;

import dev.skerry.inference.delivery.Delivery;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Stands still before its first commit, with all answers of the round sent, until let go. */
final class HeldDelivery implements Delivery {

  private final Delivery delivery;
  private final CountDownLatch inFlight = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private volatile int rollBacks;

  HeldDelivery(Delivery delivery) {
    this.delivery = delivery;
  }

  /** Whether a round stands before its commit. */
  boolean isInFlight() {
    return inFlight.getCount() == 0;
  }

  void letGo() {
    letGo.countDown();
  }

  /** How many rounds could not be committed. */
  int rollBacks() {
    return rollBacks;
  }

  @Override
  public void init() {
    delivery.init();
  }

  @Override
  public void begin() {
    delivery.begin();
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> answer) {
    delivery.send(answer);
  }

  @Override
  public void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    inFlight.countDown();
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody let the round go", e);
    }
    delivery.commit(offsets);
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // By the worker's thread alone.
  public void rollBack(KafkaException reason) {
    rollBacks++;
    delivery.rollBack(reason);
  }

  @Override
  public void abandon(RuntimeException reason) {
    delivery.abandon(reason);
  }
}
