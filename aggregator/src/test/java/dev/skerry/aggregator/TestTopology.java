package dev.skerry.aggregator;

import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.test.TestRecord;

/** A topology without a broker: bytes go in, records come out, and the test has the wall clock. */
public final class TestTopology implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(500);

  private final TopologyTestDriver driver;
  private Instant now;

  public TestTopology(Topology topology, Path stateDir, Instant now) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    this.driver = new TopologyTestDriver(topology, properties, now);
    this.now = now;
  }

  /** The wall clock. */
  public Instant now() {
    return now;
  }

  /** Appends a record, now. */
  public void append(Topic topic, byte[] key, byte[] value) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(key, value, now);
  }

  /** Appends a record with headers, now. */
  public void append(Topic topic, byte[] key, byte[] value, Headers headers) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers, now));
  }

  /** What was given out since the last call. */
  public <V extends SpecificRecord> List<V> given(Topic topic, Class<V> type) {
    return driver
        .createOutputTopic(
            topic.name(), new ByteArrayDeserializer(), new SkerryAvroDeserializer<>(type))
        .readValuesToList();
  }

  /** The same with keys. */
  public <K extends SpecificRecord, V extends SpecificRecord> List<KeyValue<K, V>> given(
      Topic topic, Class<K> key, Class<V> value) {
    return driver
        .createOutputTopic(
            topic.name(), new SkerryAvroDeserializer<>(key), new SkerryAvroDeserializer<>(value))
        .readKeyValuesToList();
  }

  /** Lets time pass by the wall clock, half a second at a time. */
  public void pass(Duration duration) {
    for (Duration left = duration; !left.isZero(); left = left.minus(STEP)) {
      advance(STEP);
    }
  }

  /** Lets time pass in one step. */
  public void advance(Duration step) {
    driver.advanceWallClockTime(step);
    now = now.plus(step);
  }

  public StateStore store(String name) {
    return driver.getStateStore(name);
  }

  @Override
  public void close() {
    driver.close();
  }
}
