package dev.skerry.inference.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final MockProducer<byte[], byte[]> one = producer();
  private final MockProducer<byte[], byte[]> other = producer();
  private final ExactlyOnce delivery = new ExactlyOnce(consumer, List.of(one, other), () -> false);

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void init() {
    delivery.init();
  }

  @Test
  void shouldSettleWhatEitherProducerLeftBehindBeforeTheFirstRound() {
    assertThat(one.transactionInitialized()).isTrue();
    assertThat(other.transactionInitialized()).isTrue();
  }

  @Test
  void shouldLetProducersTakeTurns() {
    for (int offset = 1; offset <= 4; offset++) {
      round(offset);
    }

    assertThat(one.commitCount()).isEqualTo(2);
    assertThat(other.commitCount()).isEqualTo(2);
    assertThat(one.history()).hasSize(2);
    assertThat(other.history()).hasSize(2);
  }

  @Test
  void shouldHaveOneUndecidedTransactionAtAnyMoment() {
    for (int offset = 1; offset <= 4; offset++) {
      delivery.begin();
      delivery.send(answer());
      assertThat(one.transactionInFlight()).isNotEqualTo(other.transactionInFlight());
      delivery.commit(Map.of(PARTITION, new OffsetAndMetadata(offset)));
      assertThat(one.transactionInFlight() || other.transactionInFlight()).isFalse();
    }
  }

  @Test
  void shouldAbortTheRoundInHandAloneAndGoOnWithTheOtherProducer() {
    round(1);
    delivery.begin();
    delivery.send(answer());
    delivery.rollBack(new CommitFailedException("rebalanced"));
    round(2);

    assertThat(one.history().size() + other.history().size()).isEqualTo(2);
    assertThat(one.commitCount() + other.commitCount()).isEqualTo(2);
    assertThat(one.transactionAborted() ^ other.transactionAborted()).isTrue();
  }

  @Test
  void shouldEndWhenEitherProducerIsShutOut() {
    round(1);
    delivery.begin();
    delivery.send(answer());
    MockProducer<byte[], byte[]> inHand = one.transactionInFlight() ? one : other;
    inHand.fenceProducer();

    ProducerFencedException fenced = new ProducerFencedException("a newer life");
    assertThatThrownBy(() -> delivery.commit(Map.of(PARTITION, new OffsetAndMetadata(2))))
        .isInstanceOf(ProducerFencedException.class);
    assertThatThrownBy(() -> delivery.rollBack(fenced)).isSameAs(fenced);
  }

  private void round(long offset) {
    delivery.begin();
    delivery.send(answer());
    delivery.commit(Map.of(PARTITION, new OffsetAndMetadata(offset)));
  }

  private static ProducerRecord<byte[], byte[]> answer() {
    return new ProducerRecord<>("detections", new byte[1], new byte[1]);
  }
}
