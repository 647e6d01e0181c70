package dev.skerry.local.mirror;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
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

  private static final String WRITER = "kafka.producer:type=producer-metrics,client-id=%s";
  private static final String TOPIC =
      "kafka.producer:type=producer-topic-metrics,client-id=%s,topic=%s";
  private static final String CONTENT =
      "kafka.producer:type=plugins,client-id=%s,config=interceptor.classes,class="
          + ContentCount.class.getSimpleName()
          + ",topic=%s";
  private static final String READER = "kafka.consumer:type=consumer-metrics,client-id=%s";

  private final MirrorFlow flow;
  private final MeterRegistry registry;

  private FlowTraffic(MirrorFlow flow, MeterRegistry registry) {
    this.flow = flow;
    this.registry = registry;
  }

  static void register(MirrorFlow flow, MeterRegistry registry) {
    FlowTraffic traffic = new FlowTraffic(flow, registry);
    traffic.registerClients();
    flow.topicNames().forEach(traffic::registerTopic);
  }

  private void registerClients() {
    Tags tags = Tags.of("flow", flow.name());
    ObjectName writer = name(WRITER, flow.writerId());
    counter(
        "skerry.mirror.sent.bytes",
        "Bytes that the flow's writer sent to its target, compressed, requests included",
        tags,
        writer,
        "outgoing-byte-total");
    counter(
        "skerry.mirror.sent.records",
        "Records that the flow's writer sent to its target, those that keep its offsets included",
        tags,
        writer,
        "record-send-total");
    counter(
        "skerry.mirror.read.bytes",
        "Bytes that the flow's reader received from its source, as the source keeps them",
        tags,
        name(READER, flow.readerId()),
        "incoming-byte-total");
  }

  private void registerTopic(String topic) {
    Tags tags = Tags.of("flow", flow.name(), "topic", topic);
    ObjectName content = name(CONTENT, flow.writerId(), topic);
    counter(
        "skerry.mirror.content.records",
        "Records that were given to the flow's writer",
        tags,
        content,
        ContentCount.RECORDS);
    counter(
        "skerry.mirror.content.bytes",
        "Bytes of their keys, values and headers, before they are compressed",
        tags,
        content,
        ContentCount.BYTES);
    counter(
        "skerry.mirror.batch.bytes",
        "Bytes of the batches in which they were sent, compressed",
        tags,
        name(TOPIC, flow.writerId(), topic),
        "byte-total");
  }

  private void counter(
      String meter, String description, Tags tags, ObjectName client, String attribute) {
    // Meters hold what they ask weakly: ask the server, which stays.
    FunctionCounter.builder(
            meter,
            ManagementFactory.getPlatformMBeanServer(),
            server -> value(server, client, attribute))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private static ObjectName name(String pattern, String... values) {
    Object[] sanitized = Stream.of(values).map(Sanitizer::jmxSanitize).toArray();
    String name = pattern.formatted(sanitized);
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name + " cannot be the name of a client's metrics", e);
    }
  }

  /** 0 while there is no such client: the flow does not run, or has sent nothing yet. */
  private static double value(MBeanServer server, ObjectName client, String attribute) {
    try {
      Object value = server.getAttribute(client, attribute);
      return value instanceof Number number ? number.doubleValue() : 0;
    } catch (JMException e) {
      return 0;
    }
  }
}
