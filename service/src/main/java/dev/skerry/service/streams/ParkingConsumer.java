package dev.skerry.service.streams;

import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.service.trace.Traces;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer whose poll ends before a record that cannot be read yet: it goes back to that record,
 * pauses the partition, and looks now and then whether the schema has become known. Kafka Streams
 * never sees the record until then, so it can neither commit past it nor be held up by it.
 *
 * <p>Streams may resume a partition for reasons of its own; then the record comes again and the
 * partition is paused again.
 */
final class ParkingConsumer implements InvocationHandler {

  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Consumer<byte[], byte[]> delegate;
  private final Parking parking;
  private final Traces traces;
  private final Map<TopicPartition, Parked> parked = new HashMap<>();

  private record Parked(int schemaId, long retryAtNanos) {}

  private ParkingConsumer(Consumer<byte[], byte[]> delegate, Parking parking, Traces traces) {
    this.delegate = delegate;
    this.parking = parking;
    this.traces = traces;
  }

  /** A consumer that behaves as the other one in all but {@code poll(Duration)}. */
  @SuppressWarnings("unchecked") // The proxy is a Consumer of what the delegate is one of.
  static Consumer<byte[], byte[]> around(
      Consumer<byte[], byte[]> delegate, Parking parking, Traces traces) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new ParkingConsumer(delegate, parking, traces));
  }

  @Override
  @SuppressWarnings("NullAway") // A method without a result has none.
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("poll") && arguments[0] instanceof Duration timeout) {
      return poll(timeout);
    }
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    parking.polled();
    if (!parked.isEmpty()) {
      goOnWhereKnown();
    }
    ConsumerRecords<byte[], byte[]> polled = delegate.poll(timeout);
    Map<TopicPartition, Integer> readable = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      if (parking.reads(partition.topic())) {
        List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
        firstUnreadable(records).ifPresent(index -> readable.put(partition, index));
      }
    }
    readable.forEach((partition, index) -> park(polled.records(partition).get(index)));
    ConsumerRecords<byte[], byte[]> handedOn = readable.isEmpty() ? polled : cut(polled, readable);
    traces.received(handedOn);
    return handedOn;
  }

  private OptionalInt firstUnreadable(List<ConsumerRecord<byte[], byte[]>> records) {
    return IntStream.range(0, records.size())
        .filter(i -> parking.unreadable(records.get(i).value()).isPresent())
        .findFirst();
  }

  private void park(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    delegate.seek(partition, record.offset());
    delegate.pause(Set.of(partition));
    parked.put(
        partition,
        new Parked(WireFormat.schemaId(record.value()), parking.nanoTime() + RETRY_NANOS));
    parking.waits(
        partition, record.offset(), parking.unreadable(record.value()).orElse("asking again"));
  }

  private static ConsumerRecords<byte[], byte[]> cut(
      ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Integer> readable) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      int end = readable.getOrDefault(partition, records.size());
      if (end > 0) {
        kept.put(partition, records.subList(0, end));
      }
      if (end < records.size()) {
        next.put(partition, before(records.get(end)));
      }
    }
    return new ConsumerRecords<>(kept, next);
  }

  private static OffsetAndMetadata before(ConsumerRecord<byte[], byte[]> record) {
    return new OffsetAndMetadata(record.offset(), record.leaderEpoch(), "");
  }

  private void goOnWhereKnown() {
    Set<TopicPartition> assigned = delegate.assignment();
    Iterator<Map.Entry<TopicPartition, Parked>> entries = parked.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<TopicPartition, Parked> entry = entries.next();
      TopicPartition partition = entry.getKey();
      Parked waiting = entry.getValue();
      if (!assigned.contains(partition)) {
        entries.remove();
        parking.leaves(partition);
      } else if (parking.nanoTime() - waiting.retryAtNanos() >= 0) {
        if (parking.unknown(waiting.schemaId()).isPresent()) {
          entry.setValue(new Parked(waiting.schemaId(), parking.nanoTime() + RETRY_NANOS));
        } else {
          entries.remove();
          delegate.resume(Set.of(partition));
          parking.goesOn(partition);
        }
      }
    }
  }
}
