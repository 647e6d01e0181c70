package dev.skerry.bench.prove;

import dev.skerry.bench.mqtt.DeviceFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Devices send over MQTT at QoS 1 while the broker is stopped for a time: is every message that
 * they were acknowledged in the topic, and exactly once?
 */
final class IngestOutage {

  private static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double MESSAGES_PER_DEVICE_AND_SECOND = 1;

  private final Path directory;
  private final int devices;
  private final int outageSeconds;
  private final int steadySeconds;
  private final Consumer<String> console;

  /**
   * A proof with a broker of its own.
   *
   * @param steadySeconds how long the devices send before and after the outage
   */
  IngestOutage(
      Path directory, int devices, int outageSeconds, int steadySeconds, Consumer<String> console) {
    this.directory = directory;
    this.devices = devices;
    this.outageSeconds = outageSeconds;
    this.steadySeconds = steadySeconds;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param unacknowledgedInOutage how many messages waited for an answer when the broker came back
   * @param secondsToFirstAcknowledgement from the broker's start
   * @param resent messages that were sent again on another connection
   * @param missing acknowledged and not in the topic
   * @param doubled in the topic more than once
   * @param outOfOrder in the topic before an earlier one of the same device
   */
  record Result(
      String name,
      int devices,
      int outageSeconds,
      long messages,
      long acknowledged,
      long unacknowledgedInOutage,
      double secondsToFirstAcknowledgement,
      long reconnects,
      long resent,
      long records,
      long missing,
      long doubled,
      long outOfOrder,
      double mebibytesBeforeOutage,
      double mebibytesInOutage,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    Properties settings = new Properties();
    // So little that most of what the devices send in the outage does not fit.
    settings.put("gateway.max-pending-bytes", Integer.toString(1 << 20));
    try (GatewaySite site = new GatewaySite(directory, JVM, settings);
        RunningFleet running =
            new RunningFleet(
                new DeviceFleet(site.mqttPort(), 0, devices),
                devices * MESSAGES_PER_DEVICE_AND_SECOND)) {
      DeviceFleet fleet = running.fleet();
      running.await("connections", PATIENCE, () -> fleet.connected() == devices);
      fleet.send(true);
      running.await("the first messages", PATIENCE, () -> fleet.acknowledged() >= devices);
      TimeUnit.SECONDS.sleep(steadySeconds);
      double before = site.gatewayMebibytes();
      console.accept("%d messages are acknowledged; the broker stops".formatted(fleet.sent()));
      site.stopBroker();
      TimeUnit.SECONDS.sleep(outageSeconds);
      double during = site.gatewayMebibytes();
      long waiting = fleet.unacknowledged();
      long acknowledged = fleet.acknowledged();
      console.accept("%d messages wait; the broker starts".formatted(waiting));
      long startNanos = System.nanoTime();
      site.startBrokerAgain();
      running.await("an acknowledgement", PATIENCE, () -> fleet.acknowledged() > acknowledged);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      TimeUnit.SECONDS.sleep(steadySeconds);
      fleet.send(false);
      running.await("the last acknowledgements", PATIENCE, fleet::isQuiet);
      return result(
          fleet, waiting, seconds, before, during, TelemetryCount.of(site.bootstrapServers()));
    }
  }

  private Result result(
      DeviceFleet fleet,
      long waiting,
      double seconds,
      double before,
      double during,
      TelemetryCount found) {
    // Everything that was sent is acknowledged by now, each message of a device in its turn.
    long missing = fleet.sent() - found.distinct();
    boolean holds =
        missing == 0
            && found.doubled() == 0
            && found.outOfOrder() == 0
            && fleet.outOfOrder() == 0
            && waiting > 0;
    return new Result(
        "ingest-outage",
        devices,
        outageSeconds,
        fleet.sent(),
        fleet.acknowledged(),
        waiting,
        seconds,
        fleet.reconnects(),
        fleet.resent(),
        found.records(),
        missing,
        found.doubled(),
        found.outOfOrder(),
        before,
        during,
        holds);
  }
}
