package dev.skerry.local.mirror;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.common.utils.Sanitizer;

/**
 * What a flow's reader and writer have carried, from the metrics that Kafka's clients keep of
 * themselves in this process. They begin anew with each flow that is built anew. Thread-safe.
 */
final class FlowTraffic {

  private static final String WRITER = "kafka.producer:type=producer-metrics,client-id=";
  private static final String READER = "kafka.consumer:type=consumer-metrics,client-id=";

  private FlowTraffic() {}

  static void register(MirrorFlow flow, MeterRegistry registry) {
    counter(
        flow,
        registry,
        "skerry.mirror.sent.bytes",
        "Bytes that the flow's writer sent to its target, compressed, requests included",
        name(WRITER, flow.writerId()),
        "outgoing-byte-total");
    counter(
        flow,
        registry,
        "skerry.mirror.sent.records",
        "Records that the flow's writer sent to its target",
        name(WRITER, flow.writerId()),
        "record-send-total");
    counter(
        flow,
        registry,
        "skerry.mirror.read.bytes",
        "Bytes that the flow's reader received from its source, as the source keeps them",
        name(READER, flow.readerId()),
        "incoming-byte-total");
  }

  private static void counter(
      MirrorFlow flow,
      MeterRegistry registry,
      String meter,
      String description,
      ObjectName client,
      String attribute) {
    // Meters hold what they ask weakly: ask the server, which stays.
    FunctionCounter.builder(
            meter,
            ManagementFactory.getPlatformMBeanServer(),
            server -> value(server, client, attribute))
        .description(description)
        .tag("flow", flow.name())
        .register(registry);
  }

  private static ObjectName name(String type, String clientId) {
    try {
      return new ObjectName(type + Sanitizer.jmxSanitize(clientId));
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(clientId + " cannot be the name of a client", e);
    }
  }

  /** 0 while there is no such client: the flow does not run. */
  private static double value(MBeanServer server, ObjectName client, String attribute) {
    try {
      Object value = server.getAttribute(client, attribute);
      return value instanceof Number number ? number.doubleValue() : 0;
    } catch (JMException e) {
      return 0;
    }
  }
}
