package dev.skerry.bench.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.GatewayMain;
import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A gateway that takes MQTT from anybody on this machine, in a process of its own. */
final class GatewayProcess implements AutoCloseable {

  private static final int LOOKS = 1200;
  private static final long LOOK_MILLIS = 50;

  private final int mqttPort = FreePorts.next();
  private final int observabilityPort = FreePorts.next();
  private final ChildJvm process;

  /** Starts it and returns when it takes messages. */
  GatewayProcess(Path directory, String bootstrapServers, List<String> jvm, Properties settings)
      throws InterruptedException {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers);
    configuration.put("gateway.site-id", "site-1");
    configuration.put("gateway.http.port", "-1");
    configuration.put("gateway.mqtt.port", Integer.toString(mqttPort));
    configuration.put("gateway.anonymous-on-loopback", "true");
    configuration.put("service.http.port", Integer.toString(observabilityPort));
    configuration.putAll(settings);
    this.process = ChildJvm.start("gateway", directory, jvm, GatewayMain.class, configuration);
    for (int look = 0; !isReady(); look++) {
      process.requireAlive();
      if (look == LOOKS) {
        throw new IllegalStateException("The gateway does not become ready");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private boolean isReady() {
    try (var answer =
        URI.create("http://127.0.0.1:" + observabilityPort + "/ready").toURL().openStream()) {
      return !new String(answer.readAllBytes(), UTF_8).isEmpty();
    } catch (IOException e) {
      return false; // It does not listen yet, or answers 503.
    }
  }

  ChildJvm process() {
    return process;
  }

  int mqttPort() {
    return mqttPort;
  }

  @Override
  public void close() {
    process.close();
  }
}
