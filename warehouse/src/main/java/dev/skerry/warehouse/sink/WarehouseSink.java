package dev.skerry.warehouse.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.iceberg.connect.IcebergSinkConfig;
import org.apache.iceberg.connect.IcebergSinkConnector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's sink connector with what no loss and a short stop after a kill rest on: the control
 * topic is there and is read from its first record on, and each task comes back under the names
 * that it had, so that a transaction of the one before is aborted at once and not when it runs out.
 *
 * <p>Iceberg is not touched before it is used: every Connect worker that has this class on its path
 * makes one to see what it is, and the mirror's has no Iceberg.
 */
public final class WarehouseSink extends SinkConnector {

  /**
   * How many copies of the control topic are made; the broker's own setting where it is not set.
   */
  public static final String CONTROL_REPLICATION = "control.replication.factor";

  private static final String KAFKA = "iceberg.kafka.";

  private @Nullable IcebergSinkConnector iceberg;

  private IcebergSinkConnector iceberg() {
    IcebergSinkConnector made = iceberg == null ? new IcebergSinkConnector() : iceberg;
    iceberg = made;
    return made;
  }

  @Override
  public String version() {
    String version = WarehouseSink.class.getPackage().getImplementationVersion();
    return version == null ? "undefined" : version;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return iceberg().taskClass();
  }

  @Override
  public void start(Map<String, String> settings) {
    iceberg().start(settings);
    Map<String, Object> kafka = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA)) {
            kafka.put(key.substring(KAFKA.length()), value);
          }
        });
    try (Admin admin = Admin.create(kafka)) {
      controlTopic(settings).ensure(admin, replication(settings));
    } catch (ExecutionException e) {
      throw new ConnectException(
          "The control topic of " + settings.get("name") + " cannot be prepared", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while the control topic was prepared", e);
    }
  }

  private static ControlTopic controlTopic(Map<String, String> settings) {
    return new ControlTopic(
        require(settings, "iceberg.control.topic"),
        SinkTable.coordinatorGroup(require(settings, "name")));
  }

  private static String require(Map<String, String> settings, String key) {
    String value = settings.get(key);
    if (value == null) {
      throw new ConnectException("The connector's configuration has no " + key);
    }
    return value;
  }

  private static Optional<Short> replication(Map<String, String> settings) {
    return Optional.ofNullable(settings.get(CONTROL_REPLICATION)).map(Short::valueOf);
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> stable = new ArrayList<>();
    for (Map<String, String> settings : iceberg().taskConfigs(maxTasks)) {
      Map<String, String> task = new HashMap<>(settings);
      task.put(IcebergSinkConfig.INTERNAL_TRANSACTIONAL_SUFFIX_PROP, "-" + stable.size());
      stable.add(task);
    }
    return stable;
  }

  @Override
  public void stop() {
    iceberg().stop();
  }

  @Override
  public ConfigDef config() {
    return new ConfigDef(iceberg().config())
        .define(
            CONTROL_REPLICATION,
            ConfigDef.Type.SHORT,
            null,
            ConfigDef.Importance.LOW,
            "copies of the control topic where it is made; the broker's own setting otherwise");
  }
}
