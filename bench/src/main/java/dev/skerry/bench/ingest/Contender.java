package dev.skerry.bench.ingest;

import dev.skerry.bench.process.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What is measured. */
enum Contender {
  GATEWAY("the gateway"),
  PLAIN("Vert.x, body parsing, Avro encoding, raw produce");

  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final String EVENT_LOOPS = "2";

  private final String description;

  Contender(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  ChildJvm start(String name, Path directory, String brokers, int port) {
    Properties config = new Properties();
    if (this == PLAIN) {
      config.put("brokers", brokers);
      config.put("port", Integer.toString(port));
      config.put("event-loops", EVENT_LOOPS);
      return ChildJvm.start(name, directory, JVM, PlainGatewayMain.class, config);
    }
    config.put("kafka.bootstrap.servers", brokers);
    config.put("gateway.site-id", "bench");
    config.put("gateway.anonymous-on-loopback", "true");
    config.put("gateway.event-loops", EVENT_LOOPS);
    config.put("gateway.http.port", Integer.toString(port));
    config.put("gateway.mqtt.port", "-1");
    return ChildJvm.start(name, directory, JVM, GatewayMain.class, config);
  }
}
