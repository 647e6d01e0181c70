package dev.skerry.inference;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
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

  /** The records of a partition whose detections were written, in that order. */
  List<Long> answeredOffsets(int partition) {
    SkerryAvroDeserializer<Detection> decoder = new SkerryAvroDeserializer<>(Detection.class);
    return history().stream()
        .filter(answer -> answer.topic().equals(Topics.DETECTIONS.name()))
        .map(answer -> decoder.deserialize(answer.topic(), answer.value()))
        .map(Detection::getSource)
        .filter(source -> source.getPartition() == partition)
        .map(SourceRef::getOffset)
        .toList();
  }

  /** What the first transaction committed of the only group. */
  long firstCommittedOffset(TopicPartition partition) {
    return committedOffsets(partition).get(0);
  }

  /** What the last transaction that had it committed of the only group. */
  long committedOffset(TopicPartition partition) {
    List<Long> offsets = committedOffsets(partition);
    return offsets.get(offsets.size() - 1);
  }

  private List<Long> committedOffsets(TopicPartition partition) {
    return consumerGroupOffsetsHistory().stream()
        .flatMap(commit -> commit.values().stream())
        .filter(offsets -> offsets.containsKey(partition))
        .map(offsets -> offsets.get(partition).offset())
        .toList();
  }
}
