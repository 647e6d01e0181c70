package dev.skerry.bench.prove.warehouse;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes aggregates, each with a number of its own as its count: 0, 1, 2 and so on. From a given
 * moment on with a newer schema, and now and then a record that nobody can read. One thread writes;
 * another one may add poison.
 */
final class AggregateFeed implements AutoCloseable {

  /** The newer schema's id, outside of the catalogue's block: it is the registry that knows it. */
  static final int NEWER_ID = 7001;

  /** The column that it adds. */
  static final String NEWER_COLUMN = "shift";

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final KafkaProducer<byte[], byte[]> producer;
  private final SplittableRandom random;
  private final SplittableRandom rubbishRandom;
  private final AvroEncoder<Aggregate> encoder = new AvroEncoder<>(Aggregate.class);
  private final Schema newer = newerSchema();
  private final GenericDatumWriter<Object> newerWriter = new GenericDatumWriter<>(newer);
  private final Set<Position> poison = ConcurrentHashMap.newKeySet();
  private final AtomicLong failures = new AtomicLong();
  private final List<Long> sentAtMillis = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong writtenNewer = new AtomicLong();

  /** Where a record is. */
  record Position(int partition, long offset) {}

  AggregateFeed(String bootstrapServers, long seed) {
    this.random = new SplittableRandom(seed);
    this.rubbishRandom = random.split();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "linger.ms", "5",
                "batch.size", "131072",
                "delivery.timeout.ms", "600000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static Schema newerSchema() {
    Schema known = Aggregate.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    Schema text =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
    fields.add(new Schema.Field(NEWER_COLUMN, text, "", Schema.Field.NULL_DEFAULT_VALUE));
    return Schema.createRecord(known.getName(), "", known.getNamespace(), false, fields);
  }

  /** So many as fast as possible. */
  void write(long records) {
    for (long i = 0; i < records; i++) {
      send(bytes());
    }
    producer.flush();
  }

  /** At a pace until it is told to end. */
  void paceUntil(BooleanSupplier ended, BooleanSupplier isNewer, int recordsPerSecond) {
    long startNanos = System.nanoTime();
    long first = written.get();
    while (!ended.getAsBoolean()) {
      long due = first + (System.nanoTime() - startNanos) * recordsPerSecond / 1_000_000_000L;
      while (written.get() < due) {
        send(isNewer.getAsBoolean() ? newerBytes() : bytes());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    producer.flush();
  }

  /** One that nobody can read. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback has it.
  void poison() {
    byte[] rubbish = new byte[1 + rubbishRandom.nextInt(40)];
    for (int i = 0; i < rubbish.length; i++) {
      rubbish[i] = (byte) (1 + rubbishRandom.nextInt(100)); // The wire format would begin with 0.
    }
    int partition = rubbishRandom.nextInt(Topics.AGGREGATES.partitions());
    producer.send(
        new ProducerRecord<>(Topics.AGGREGATES.name(), partition, null, rubbish),
        (metadata, e) -> {
          if (e == null) {
            poison.add(new Position(metadata.partition(), metadata.offset()));
          } else {
            failures.incrementAndGet();
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback has it.
  private void send(byte[] value) {
    int partition = random.nextInt(Topics.AGGREGATES.partitions());
    synchronized (sentAtMillis) {
      sentAtMillis.add(System.currentTimeMillis());
    }
    producer.send(
        new ProducerRecord<>(Topics.AGGREGATES.name(), partition, null, value),
        (metadata, e) -> {
          if (e != null) {
            failures.incrementAndGet();
          }
        });
  }

  private byte[] bytes() {
    return encoder.encode(next());
  }

  private Aggregate next() {
    long number = written.getAndIncrement();
    Instant start = START.plusSeconds(number % 7200 * 10);
    double confidence = 0.5 + random.nextDouble() / 2;
    return Aggregate.newBuilder()
        .setSiteId("site-" + number % 3)
        .setStream("vibration")
        .setModel("vibration")
        .setModelVersion("1")
        .setLabel(number % 5 == 0 ? "unbalance" : "normal")
        .setWindowStart(start)
        .setWindowEnd(start.plusSeconds(10))
        .setCount(number)
        .setLowConfidenceCount(number % 3)
        .setConfidenceSum(confidence * number)
        .setConfidenceMin((float) confidence / 2)
        .setConfidenceMax((float) confidence)
        .setLatencyMillisSum(number * 12)
        .setLatencyMillisMax(40)
        .setConfidenceMean(confidence)
        .setDevices(12)
        .setDeadLetters(Map.of())
        .build();
  }

  private byte[] newerBytes() {
    Aggregate known = next();
    GenericData.Record record = new GenericData.Record(newer);
    for (Schema.Field field : known.getSchema().getFields()) {
      Object value = known.get(field.pos());
      record.put(field.pos(), value instanceof Instant time ? time.toEpochMilli() : value);
    }
    record.put(NEWER_COLUMN, "late");
    writtenNewer.incrementAndGet();
    ByteArrayOutputStream out = new ByteArrayOutputStream(300);
    byte[] header = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(header, NEWER_ID);
    out.writeBytes(header);
    try {
      BinaryEncoder to = EncoderFactory.get().directBinaryEncoder(out, null);
      newerWriter.write(record, to);
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** How many aggregates were written so far, those of the newer schema among them. */
  long written() {
    return written.get();
  }

  long writtenNewer() {
    return writtenNewer.get();
  }

  /** When a record was sent. */
  long sentAtMillis(long number) {
    synchronized (sentAtMillis) {
      return sentAtMillis.get(Math.toIntExact(number));
    }
  }

  /** Where the records are that nobody can read. */
  Set<Position> poisonPositions() {
    return poison;
  }

  @Override
  public void close() {
    producer.close();
    if (failures.get() > 0) {
      throw new IllegalStateException(failures + " records were not taken by the broker");
    }
  }
}
