package dev.skerry.service.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The bound is one for all stores, however much goes through them. */
class BoundedRocksDbTest {

  private static final int STORES = 3;
  private static final int WRITTEN_BYTES_EACH = 24 << 20;
  private static final int VALUE_BYTES = 8 << 10;

  /** A memtable may be filled to its end while another one is written out. */
  private static final long SLACK_BYTES = 8L << 20;

  @TempDir private Path dir;
  private final List<RocksDB> stores = new ArrayList<>();

  @Test
  void shouldKeepBlocksAndWriteBuffersOfAllStoresWithinTheBound() throws RocksDBException {
    BoundedRocksDb setter = new BoundedRocksDb();
    for (int i = 0; i < STORES; i++) {
      Options options = new Options().setCreateIfMissing(true);
      options.setTableFormatConfig(new BlockBasedTableConfig());
      setter.setConfig("store-" + i, options, Map.of());
      stores.add(RocksDB.open(options, dir.resolve("store-" + i).toString()));
    }
    long mostUsed = 0;
    Random random = new Random(7);
    byte[] value = new byte[VALUE_BYTES];
    for (int written = 0; written < WRITTEN_BYTES_EACH; written += VALUE_BYTES) {
      for (RocksDB store : stores) {
        random.nextBytes(value);
        byte[] key = Integer.toString(random.nextInt(1 << 20)).getBytes(UTF_8);
        store.put(key, value);
        store.get(Integer.toString(random.nextInt(1 << 20)).getBytes(UTF_8));
      }
      mostUsed = Math.max(mostUsed, stores.get(0).getLongProperty("rocksdb.block-cache-usage"));
    }
    for (RocksDB store : stores) {
      assertThat(store.getLongProperty("rocksdb.block-cache-capacity"))
          .isEqualTo(BoundedRocksDb.TOTAL_BYTES);
      store.close();
    }
    assertThat(mostUsed).isBetween(1L, BoundedRocksDb.TOTAL_BYTES + SLACK_BYTES);
  }
}
