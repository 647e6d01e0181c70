package dev.skerry.bench.prove;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.TopicPartition;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The aggregates computed anew by DuckDB from the detections, and compared with those that were
 * given out. Detections are read with Avro's own reader, so that nothing of the aggregator judges
 * itself.
 */
final class BatchComputation implements AutoCloseable {

  private static final int HEADER_BYTES = 5;

  private static final String TRUTH =
      """
      CREATE TABLE truth AS
      SELECT stream, version, label, size AS window_millis,
             event_millis // size * size AS window_start,
             count(*) AS count, count(*) FILTER (low) AS low_count,
             sum(confidence::DOUBLE) AS confidence_sum, min(confidence) AS confidence_min,
             max(confidence) AS confidence_max,
             sum(inferred_millis - append_millis) AS latency_sum,
             max(inferred_millis - append_millis) AS latency_max,
             count(DISTINCT device) AS devices
      FROM detections, (SELECT unnest([10000, 60000, 3600000]) AS size)
      GROUP BY ALL
      """;

  private static final String SUMS =
      """
      CREATE TABLE sums AS
      SELECT stream, version, label, window_millis, window_start,
             sum(count) AS count, sum(low_count) AS low_count,
             sum(confidence_sum) AS confidence_sum, min(confidence_min) AS confidence_min,
             max(confidence_max) AS confidence_max, sum(latency_sum) AS latency_sum,
             max(latency_max) AS latency_max
      FROM given GROUP BY ALL
      """;

  private static final String DIFFERENT =
      """
      SELECT count(*) FROM truth FULL JOIN sums
        USING (stream, version, label, window_millis, window_start)
      WHERE truth.count IS DISTINCT FROM sums.count
         OR truth.low_count IS DISTINCT FROM sums.low_count
         OR truth.confidence_sum IS DISTINCT FROM sums.confidence_sum
         OR truth.confidence_min IS DISTINCT FROM sums.confidence_min
         OR truth.confidence_max IS DISTINCT FROM sums.confidence_max
         OR truth.latency_sum IS DISTINCT FROM sums.latency_sum
         OR truth.latency_max IS DISTINCT FROM sums.latency_max
      """;

  private static final String FINAL_TWICE =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM given WHERE NOT late
        GROUP BY stream, version, label, window_millis, window_start HAVING count(*) > 1)
      """;

  /** By how far a median's rank is off, where a window came in one piece. */
  private static final String WORST_RANK =
      """
      SELECT coalesce(max(greatest(below - 0.5, 0.5 - upto, 0)), 0) FROM (
        SELECT avg((d.inferred_millis - d.event_millis < g.latency_p50)::INT) AS below,
               avg((d.inferred_millis - d.event_millis <= g.latency_p50)::INT) AS upto
        FROM given g JOIN detections d
          ON g.stream = d.stream AND g.version = d.version AND g.label = d.label
         AND d.event_millis // g.window_millis * g.window_millis = g.window_start
        WHERE NOT EXISTS (
          SELECT 1 FROM given l WHERE l.late AND l.stream = g.stream AND l.version = g.version
            AND l.label = g.label AND l.window_millis = g.window_millis
            AND l.window_start = g.window_start)
        GROUP BY g.stream, g.version, g.label, g.window_millis, g.window_start)
      """;

  /** By how far the number of devices is off, as a share, where a window came in one piece. */
  private static final String WORST_DEVICES =
      """
      SELECT coalesce(max(abs(g.devices - t.devices) / t.devices), 0)
      FROM given g JOIN truth t USING (stream, version, label, window_millis, window_start)
      WHERE g.count = t.count
      """;

  private final DuckDBConnection duck;

  BatchComputation() {
    try {
      duck = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
      run(
          "CREATE TABLE detections (device VARCHAR, stream VARCHAR, version VARCHAR, label VARCHAR,"
              + " event_millis BIGINT, append_millis BIGINT, inferred_millis BIGINT,"
              + " confidence FLOAT, low BOOLEAN)");
      run(
          "CREATE TABLE given (stream VARCHAR, version VARCHAR, label VARCHAR,"
              + " window_millis BIGINT, window_start BIGINT, late BOOLEAN, count BIGINT,"
              + " low_count BIGINT, confidence_sum DOUBLE, confidence_min FLOAT,"
              + " confidence_max FLOAT, latency_sum BIGINT, latency_max BIGINT,"
              + " latency_p50 BIGINT, devices BIGINT)");
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start", e);
    }
  }

  /**
   * What came of it.
   *
   * @param detections that were read
   * @param windows that the batch computation has
   * @param different windows whose sums are not the same, or that only one of the two has
   * @param finalTwice windows with more than one final result
   * @param lateDeltas rows that came after their window's final result
   * @param worstRank by how much the rank of a median is off at most
   * @param worstDevices by which share the number of devices is off at most
   */
  record Comparison(
      long detections,
      long windows,
      long different,
      long finalTwice,
      long lateDeltas,
      double worstRank,
      double worstDevices) {}

  /** Reads both topics to their ends and compares. */
  Comparison compare(String bootstrapServers) {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      readDetections(reader);
      readAggregates(reader);
      run(TRUTH);
      run(SUMS);
      return new Comparison(
          (long) number("SELECT count(*) FROM detections"),
          (long) number("SELECT count(*) FROM truth"),
          (long) number(DIFFERENT),
          (long) number(FINAL_TWICE),
          (long) number("SELECT count(*) FROM given WHERE late"),
          number(WORST_RANK),
          number(WORST_DEVICES));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot compute", e);
    }
  }

  private void readDetections(TopicReader reader) throws SQLException {
    Schema schema = Detection.getClassSchema();
    GenericDatumReader<GenericRecord> avro = new GenericDatumReader<>(schema);
    try (DuckDBAppender rows = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "detections")) {
      readAll(reader, Topics.DETECTIONS, bytes -> append(rows, decode(avro, bytes)));
    }
  }

  private static GenericRecord decode(GenericDatumReader<GenericRecord> avro, byte[] bytes) {
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
    try {
      return avro.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException("A detection cannot be read", e);
    }
  }

  private static void append(DuckDBAppender rows, GenericRecord detection) {
    GenericRecord source = (GenericRecord) detection.get("source");
    try {
      rows.beginRow();
      rows.append(detection.get("deviceId").toString());
      rows.append(detection.get("stream").toString());
      rows.append(detection.get("modelVersion").toString());
      rows.append(detection.get("label").toString());
      rows.append(millis(detection.get("eventTime")));
      rows.append(millis(source.get("appendTime")));
      rows.append(millis(detection.get("inferredAt")));
      rows.append((float) detection.get("confidence"));
      rows.append((boolean) detection.get("lowConfidence"));
      rows.endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not take a row", e);
    }
  }

  private static long millis(Object time) {
    return time instanceof Instant instant ? instant.toEpochMilli() : (long) time;
  }

  private void readAggregates(TopicReader reader) throws SQLException {
    SkerryAvroDeserializer<Aggregate> avro = new SkerryAvroDeserializer<>(Aggregate.class);
    try (DuckDBAppender rows = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "given")) {
      readAll(reader, Topics.AGGREGATES, bytes -> append(rows, avro.deserialize("", bytes)));
    }
  }

  private static void append(DuckDBAppender rows, Aggregate aggregate) {
    long start = aggregate.getWindowStart().toEpochMilli();
    try {
      rows.beginRow();
      rows.append(aggregate.getStream());
      rows.append(aggregate.getModelVersion());
      rows.append(aggregate.getLabel());
      rows.append(aggregate.getWindowEnd().toEpochMilli() - start);
      rows.append(start);
      rows.append(aggregate.getLate());
      rows.append(aggregate.getCount());
      rows.append(aggregate.getLowConfidenceCount());
      rows.append(aggregate.getConfidenceSum());
      rows.append(aggregate.getConfidenceMin());
      rows.append(aggregate.getConfidenceMax());
      rows.append(aggregate.getLatencyMillisSum());
      rows.append(aggregate.getLatencyMillisMax());
      rows.append(aggregate.getEventLatencyMillisP50());
      rows.append(aggregate.getDevices());
      rows.endRow();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not take a row", e);
    }
  }

  private static void readAll(TopicReader reader, Topic topic, Consumer<byte[]> each) {
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    reader.partitions(List.of(topic.name())).forEach(partition -> beginnings.put(partition, 0L));
    reader.readToEnd(beginnings, record -> each.accept(record.value()));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private double number(String sql) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getDouble(1);
    }
  }

  @Override
  public void close() {
    try {
      duck.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not close", e);
    }
  }
}
