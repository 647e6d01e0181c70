package dev.skerry.inference.position;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one poll on their way to being committed, partition by partition and in order. It
 * knows at each moment what was taken, what of that is committed, and what was left. Not
 * thread-safe.
 */
public final class Polled {

  private final List<Share> shares = new ArrayList<>();
  private int current;

  /** One partition's share of the poll. */
  private static final class Share {
    private final TopicPartition partition;
    private final List<ConsumerRecord<byte[], ByteBuffer>> records;
    private final OffsetAndMetadata end;
    private int taken;
    private int committed;
    private boolean left;

    Share(
        TopicPartition partition,
        List<ConsumerRecord<byte[], ByteBuffer>> records,
        OffsetAndMetadata end) {
      this.partition = partition;
      this.records = records;
      this.end = end;
    }

    boolean isDone() {
      return left || taken == records.size();
    }

    /** The last record's successor is not always the next offset: markers stand between them. */
    OffsetAndMetadata reached() {
      if (taken == records.size()) {
        return end;
      }
      ConsumerRecord<byte[], ByteBuffer> last = records.get(taken - 1);
      return new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "");
    }
  }

  public Polled(ConsumerRecords<byte[], ByteBuffer> records) {
    Map<TopicPartition, OffsetAndMetadata> ends = records.nextOffsets();
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], ByteBuffer>> share = records.records(partition);
      ConsumerRecord<byte[], ByteBuffer> last = share.get(share.size() - 1);
      OffsetAndMetadata end = ends.get(partition);
      shares.add(
          new Share(
              partition,
              share,
              end == null
                  ? new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), "")
                  : end));
    }
  }

  /** Whether a record waits to be taken. */
  public boolean hasNext() {
    while (current < shares.size() && shares.get(current).isDone()) {
      current++;
    }
    return current < shares.size();
  }

  /** Takes the next record; only where there is one. */
  public ConsumerRecord<byte[], ByteBuffer> next() {
    Share share = shares.get(current);
    return share.records.get(share.taken++);
  }

  /** Gives the record that was taken last back, and leaves it and what follows it in its place. */
  public void leaveLast() {
    Share share = shares.get(current);
    share.taken--;
    share.left = true;
  }

  /** Calls with the first record of each partition, which is the oldest that was polled of it. */
  public void oldestByPartition(Consumer<ConsumerRecord<byte[], ByteBuffer>> consumer) {
    shares.forEach(share -> consumer.accept(share.records.get(0)));
  }

  /** How long the record that is taken next has waited since its append, 0 and up. */
  public long waitedMillis(long nowMillis) {
    if (!hasNext()) {
      return 0;
    }
    Share share = shares.get(current);
    return Math.max(0, nowMillis - share.records.get(share.taken).timestamp());
  }

  /**
   * What may be committed: where reading goes on in each partition of which something was taken.
   */
  public Map<TopicPartition, OffsetAndMetadata> reached() {
    Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
    for (Share share : shares) {
      if (share.taken > share.committed) {
        reached.put(share.partition, share.reached());
      }
    }
    return reached;
  }

  /** What was {@link #reached} is committed. */
  public void committed() {
    for (Share share : shares) {
      share.committed = share.taken;
    }
  }

  /** The first offset of each partition that is polled and not committed. */
  public Map<TopicPartition, Long> uncommitted() {
    Map<TopicPartition, Long> uncommitted = new HashMap<>();
    for (Share share : shares) {
      if (share.committed < share.records.size()) {
        uncommitted.put(share.partition, share.records.get(share.committed).offset());
      }
    }
    return uncommitted;
  }
}
