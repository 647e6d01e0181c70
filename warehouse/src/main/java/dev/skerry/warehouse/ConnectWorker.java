package dev.skerry.warehouse;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/** A Kafka Connect worker in this process, in distributed mode. */
final class ConnectWorker implements AutoCloseable {

  private final Connect<DistributedHerder> connect;

  private ConnectWorker(Connect<DistributedHerder> connect) {
    this.connect = connect;
  }

  /**
   * Starts it; it joins its group by and by.
   *
   * @param kafka how Kafka is reached, security included
   */
  static ConnectWorker start(WarehouseConfig config, Map<String, ?> kafka) {
    return new ConnectWorker(new ConnectDistributed().startConnect(settings(config, kafka)));
  }

  static Map<String, String> settings(WarehouseConfig config, Map<String, ?> kafka) {
    Map<String, String> settings = new HashMap<>();
    kafka.forEach(
        (key, value) -> {
          settings.put(key, value.toString());
          for (String client : new String[] {"consumer.", "producer.", "admin."}) {
            settings.put(client + key, value.toString());
          }
        });
    settings.put("group.id", config.group());
    for (String kind : new String[] {"config", "offset", "status"}) {
      settings.put(kind + ".storage.topic", storageTopic(config, kind));
      settings.put(
          kind + ".storage.replication.factor", Short.toString(config.replicationFactor()));
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
    settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("listeners", config.listener());
    settings.put("plugin.discovery", "service_load");
    // How often a task without new records is given the time to take part in a commit.
    settings.put("offset.flush.interval.ms", "500");
    // After a kill the others, or the next one, go on soon.
    settings.put("session.timeout.ms", "6000");
    settings.put("heartbeat.interval.ms", "1500");
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    settings.putAll(config.worker());
    return settings;
  }

  /** The topic in which workers of a group share what they know. */
  static String storageTopic(WarehouseConfig config, String kind) {
    return config.group() + "-" + (kind.equals("status") ? kind : kind + "s");
  }

  /** Where its REST interface answers. */
  URI url() {
    return connect.rest().advertisedUrl();
  }

  /** Returns when it has ended; throws where it has died. */
  void awaitEnd() throws InterruptedException, ExecutionException {
    Future<?> herder = connect.herderTask();
    herder.get();
  }

  boolean hasEnded() {
    return connect.herderTask().isDone();
  }

  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }
}
