package dev.skerry.service.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds RocksDB's memory for the whole process, however many stores there are: {@value
 * #TOTAL_BYTES} bytes for blocks, indexes, filters and write buffers together. Kafka Streams makes
 * one for each store; the bound is shared.
 *
 * @see <a href="https://kafka.apache.org/43/streams/developer-guide/memory-mgmt/">Kafka Streams:
 *     memory management</a>
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

  static final long TOTAL_BYTES = 32L << 20;

  private static final long WRITE_BUFFER_BYTES = 2L << 20;

  static {
    RocksDB.loadLibrary();
  }

  // They live as long as the process: Streams closes stores one by one, and the bound is for all.
  private static final Cache CACHE = new LRUCache(TOTAL_BYTES);
  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(TOTAL_BYTES / 2, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(2);
  }

  @Override
  public void close(String storeName, Options options) {
    // Nothing here belongs to one store.
  }
}
