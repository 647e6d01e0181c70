package dev.skerry.inference.answer;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Which records were ignored, as entries of the ledger of answers: one for each partition, with a
 * bit for each offset, so that the ledger can tell them from those that were forgotten. Not
 * thread-safe: one per worker.
 */
final class IgnoredRecords {

  /** Keeps an entry small where offsets jump. */
  private static final int MAX_BITS = 1 << 16;

  private final AvroEncoder<AnswerKey> keys = new AvroEncoder<>(AnswerKey.class);
  private final AvroEncoder<AnswerEntry> entries = new AvroEncoder<>(AnswerEntry.class);
  private final List<Ignored> ignored = new ArrayList<>();
  private final String siteId;

  /** Records of one partition, by their distance from the first. */
  private record Ignored(String topic, int partition, long firstOffset, BitSet distances) {

    boolean takes(ConsumerRecord<?, ?> record) {
      return record.partition() == partition
          && record.topic().equals(topic)
          && record.offset() >= firstOffset
          && record.offset() - firstOffset < MAX_BITS;
    }
  }

  IgnoredRecords(String siteId) {
    this.siteId = siteId;
  }

  void add(ConsumerRecord<?, ?> record) {
    Ignored last = ignored.isEmpty() ? null : ignored.get(ignored.size() - 1);
    if (last == null || !last.takes(record)) {
      last = new Ignored(record.topic(), record.partition(), record.offset(), new BitSet());
      ignored.add(last);
    }
    last.distances().set((int) (record.offset() - last.firstOffset()));
  }

  void clear() {
    ignored.clear();
  }

  void write(long nowMillis, Consumer<ProducerRecord<byte[], byte[]>> out) {
    ignored.forEach(each -> out.accept(record(each, nowMillis)));
    ignored.clear();
  }

  private ProducerRecord<byte[], byte[]> record(Ignored each, long nowMillis) {
    AnswerKey key =
        new AnswerKey(
            siteId, each.topic(), each.partition(), AnswerVerdict.IGNORED, each.firstOffset());
    AnswerEntry entry =
        AnswerEntry.newBuilder()
            .setSiteId(siteId)
            .setTopic(each.topic())
            .setPartition(each.partition())
            .setVerdict(AnswerVerdict.IGNORED)
            .setFirstOffset(each.firstOffset())
            .setEndOffset(each.firstOffset() + each.distances().length())
            .setCount(each.distances().cardinality())
            .setOffsets(ByteBuffer.wrap(each.distances().toByteArray()))
            .setJudgedAt(Instant.ofEpochMilli(nowMillis))
            .build();
    return new ProducerRecord<>(
        Topics.ANSWER_LEDGER.name(), keys.encode(key), entries.encode(entry));
  }
}
