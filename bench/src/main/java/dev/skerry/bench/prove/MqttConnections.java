package dev.skerry.bench.prove;

import dev.skerry.bench.mqtt.DeviceFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Many devices that only stay connected and many that send: does the gateway's memory stay where it
 * is, and does everybody stay connected?
 */
final class MqttConnections {

  private static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final double MESSAGES_PER_DEVICE_AND_SECOND = 1;
  private static final double MOST_GROWTH_MEBIBYTES = 24;

  private final Path directory;
  private final int idle;
  private final int busy;
  private final int seconds;
  private final Consumer<String> console;

  MqttConnections(Path directory, int idle, int busy, int seconds, Consumer<String> console) {
    this.directory = directory;
    this.idle = idle;
    this.busy = busy;
    this.seconds = seconds;
    this.console = console;
  }

  /**
   * What came of it. Memory is the gateway's resident memory.
   *
   * @param mebibytesBefore with nobody connected
   * @param mebibytesConnected with everybody connected and nobody sending
   * @param growthMebibytes while the busy ones sent, from the second fifth of the time to the last
   * @param cpuMicrosPerMessage of the gateway, with the pings of all
   */
  record Result(
      String name,
      int idle,
      int busy,
      int seconds,
      int connected,
      long reconnects,
      long messages,
      long acknowledged,
      long outOfOrder,
      double mebibytesBefore,
      double mebibytesConnected,
      double growthMebibytes,
      double peakMebibytes,
      double cpuMicrosPerMessage,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    try (GatewaySite site = new GatewaySite(directory, JVM, new Properties());
        RunningFleet running =
            new RunningFleet(
                new DeviceFleet(site.mqttPort(), idle, busy),
                busy * MESSAGES_PER_DEVICE_AND_SECOND)) {
      double before = site.gatewayMebibytes();
      DeviceFleet fleet = running.fleet();
      running.await("connections", PATIENCE, () -> fleet.connected() == idle + busy);
      double connected = site.gatewayMebibytes();
      console.accept(
          "%d are connected: %.0f MiB, %.0f before".formatted(idle + busy, connected, before));
      Duration cpuBefore = site.gateway().cpu();
      fleet.send(true);
      List<MemorySample> samples = sample(site, fleet);
      fleet.send(false);
      running.await("acknowledgements", PATIENCE, fleet::isQuiet);
      Duration cpu = site.gateway().cpu().minus(cpuBefore);
      return result(site, fleet, before, connected, samples, cpu);
    }
  }

  private List<MemorySample> sample(GatewaySite site, DeviceFleet fleet)
      throws InterruptedException {
    List<MemorySample> samples = new ArrayList<>();
    for (int second = 0; second < seconds; second++) {
      TimeUnit.SECONDS.sleep(1);
      samples.add(new MemorySample(fleet.acknowledged(), site.gatewayMebibytes()));
    }
    return samples;
  }

  private Result result(
      GatewaySite site,
      DeviceFleet fleet,
      double before,
      double connected,
      List<MemorySample> samples,
      Duration cpu) {
    double growth = MemoryTrend.of(samples).growthMebibytes();
    long messages = fleet.sent();
    boolean holds =
        fleet.connected() == idle + busy
            && fleet.reconnects() == 0
            && fleet.outOfOrder() == 0
            && messages > 0
            && fleet.acknowledged() == messages
            && growth <= MOST_GROWTH_MEBIBYTES;
    return new Result(
        "mqtt-connections",
        idle,
        busy,
        seconds,
        fleet.connected(),
        fleet.reconnects(),
        messages,
        fleet.acknowledged(),
        fleet.outOfOrder(),
        before,
        connected,
        growth,
        site.gateway().memory().peakBytes() / (double) (1 << 20),
        cpu.toNanos() / 1e3 / Math.max(1, messages),
        holds);
  }
}
