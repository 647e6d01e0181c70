package dev.skerry.retrain.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Samples and labels as they came, by sample id, and how far the topics were read: all of a poll in
 * one synchronous write, so that after a kill at any moment each record was taken exactly once. One
 * process at a time. Not thread-safe.
 */
public final class SampleStore implements AutoCloseable {

  private static final long WRITE_BUFFER_BYTES = 4L << 20;
  private static final int MAX_BACKGROUND_JOBS = 2;

  static {
    RocksDB.loadLibrary();
  }

  private final RocksDB db;
  private final DBOptions options;
  private final ColumnFamilyOptions familyOptions;
  private final WriteOptions synchronous = new WriteOptions().setSync(true);
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);

  /** What is written at once. */
  public static final class Intake {
    private final Map<UUID, byte[]> samples = new HashMap<>();
    private final Map<UUID, Optional<byte[]>> labels = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** A sample's record value. Names are for ever, so the first record of a name holds. */
    public void sample(UUID id, byte[] value) {
      samples.putIfAbsent(id, value);
    }

    /** A label's record value; null where the label was deleted. The last one holds. */
    public void label(UUID id, byte @Nullable [] value) {
      labels.put(id, Optional.ofNullable(value));
    }

    /** The record after the last one that was taken. */
    public void position(TopicPartition partition, long next) {
      positions.put(partition, next);
    }

    public boolean isEmpty() {
      return positions.isEmpty();
    }
  }

  private enum Family {
    DEFAULT("default"),
    SAMPLES("samples"),
    LABELS("labels"),
    POSITIONS("positions");

    private final String word;

    Family(String word) {
      this.word = word;
    }
  }

  private SampleStore(
      RocksDB db,
      DBOptions options,
      ColumnFamilyOptions familyOptions,
      List<ColumnFamilyHandle> handles) {
    this.db = db;
    this.options = options;
    this.familyOptions = familyOptions;
    Iterator<ColumnFamilyHandle> next = handles.iterator();
    for (Family family : Family.values()) {
      families.put(family, next.next());
    }
  }

  /** Opens the store in a directory, or makes it. */
  public static SampleStore open(Path directory) throws IOException {
    Files.createDirectories(directory);
    DBOptions options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxBackgroundJobs(MAX_BACKGROUND_JOBS);
    ColumnFamilyOptions familyOptions =
        new ColumnFamilyOptions().setWriteBufferSize(WRITE_BUFFER_BYTES);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    for (Family family : Family.values()) {
      descriptors.add(new ColumnFamilyDescriptor(family.word.getBytes(UTF_8), familyOptions));
    }
    List<ColumnFamilyHandle> families = new ArrayList<>();
    try {
      RocksDB db = RocksDB.open(options, directory.toString(), descriptors, families);
      return new SampleStore(db, options, familyOptions, families);
    } catch (RocksDBException e) {
      familyOptions.close();
      options.close();
      throw new IOException(
          "The store of samples in " + directory + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Writes all of it, or nothing. */
  public void add(Intake intake) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Map.Entry<UUID, byte[]> sample : intake.samples.entrySet()) {
        if (sample(sample.getKey()).isEmpty()) {
          batch.put(family(Family.SAMPLES), key(sample.getKey()), sample.getValue());
        }
      }
      for (Map.Entry<UUID, Optional<byte[]>> label : intake.labels.entrySet()) {
        if (label.getValue().isPresent()) {
          batch.put(family(Family.LABELS), key(label.getKey()), label.getValue().get());
        } else {
          batch.delete(family(Family.LABELS), key(label.getKey()));
        }
      }
      for (Map.Entry<TopicPartition, Long> position : intake.positions.entrySet()) {
        batch.put(
            family(Family.POSITIONS),
            position.getKey().toString().getBytes(UTF_8),
            ByteBuffer.allocate(Long.BYTES).putLong(position.getValue()).array());
      }
      db.write(synchronous, batch);
    } catch (RocksDBException e) {
      throw new IOException("The store of samples cannot be written: " + e.getMessage(), e);
    }
  }

  /** The next record of a partition; empty where none of it was read. */
  public Optional<Long> position(TopicPartition partition) throws IOException {
    return get(Family.POSITIONS, partition.toString().getBytes(UTF_8))
        .map(bytes -> ByteBuffer.wrap(bytes).getLong());
  }

  /** A sample's record value. */
  public Optional<byte[]> sample(UUID id) throws IOException {
    return get(Family.SAMPLES, key(id));
  }

  /** A label's record value. */
  public Optional<byte[]> label(UUID id) throws IOException {
    return get(Family.LABELS, key(id));
  }

  /** Every label, by the id of its sample. */
  public void labels(BiConsumer<UUID, byte[]> each) {
    try (RocksIterator iterator = db.newIterator(family(Family.LABELS))) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        ByteBuffer id = ByteBuffer.wrap(iterator.key());
        each.accept(new UUID(id.getLong(), id.getLong()), iterator.value());
      }
    }
  }

  private Optional<byte[]> get(Family family, byte[] key) throws IOException {
    try {
      return Optional.ofNullable(db.get(family(family), key));
    } catch (RocksDBException e) {
      throw new IOException("The store of samples cannot be read: " + e.getMessage(), e);
    }
  }

  private ColumnFamilyHandle family(Family family) {
    return Objects.requireNonNull(families.get(family));
  }

  private static byte[] key(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @Override
  public void close() {
    families.values().forEach(ColumnFamilyHandle::close);
    db.close();
    synchronous.close();
    familyOptions.close();
    options.close();
  }
}
