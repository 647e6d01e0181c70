package dev.skerry.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fails as many commits as it has failures, and keeps its transaction open then. */
final class FailingProducer extends MockProducer<byte[], byte[]> {
  final List<RuntimeException> failures = new ArrayList<>();
  final List<RuntimeException> sendFailures = new ArrayList<>();
  boolean transactional = true;
  int aborts;

  FailingProducer() {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void commitTransaction() {
    if (!failures.isEmpty()) {
      throw failures.remove(0);
    }
    super.commitTransaction();
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (!transactional && !sendFailures.isEmpty()) {
      RuntimeException failure = sendFailures.remove(0);
      callback.onCompletion(
          new RecordMetadata(new TopicPartition(record.topic(), 0), -1, 0, -1, 0, 0), failure);
      return CompletableFuture.failedFuture(failure);
    }
    return super.send(record, callback);
  }

  @Override
  public void abortTransaction() {
    aborts++;
    super.abortTransaction();
  }
}
