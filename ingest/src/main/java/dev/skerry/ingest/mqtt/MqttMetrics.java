package dev.skerry.ingest.mqtt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the MQTT server counts. Thread-safe. */
final class MqttMetrics {

  private static final String PREFIX = "skerry.ingest.mqtt.";

  private final MeterRegistry registry;
  private final Clock clock;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger halted = new AtomicInteger();
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Timer answerLatency;

  MqttMetrics(MeterRegistry registry, MemoryBudget memory, AnswerTopics answers, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    Gauge.builder(PREFIX + "connections", connections, AtomicInteger::get)
        .description("Connections that are open")
        .register(registry);
    Gauge.builder(PREFIX + "paused", halted, AtomicInteger::get)
        .description("Connections that are not read because too much of theirs is unanswered")
        .register(registry);
    Gauge.builder(PREFIX + "unanswered.bytes", memory, MemoryBudget::usedBytes)
        .description("Bytes of messages that are not answered")
        .register(registry);
    Gauge.builder(PREFIX + "subscriptions", answers, AnswerTopics::size)
        .description("Subscriptions to answers")
        .register(registry);
    this.answerLatency =
        Timer.builder(PREFIX + "answer.latency")
            .description("From the model's answer to its packet on the way to the subscriber")
            .publishPercentileHistogram()
            .maximumExpectedValue(Duration.ofSeconds(30))
            .register(registry);
  }

  AtomicInteger connections() {
    return connections;
  }

  AtomicInteger halted() {
    return halted;
  }

  /** A CONNECT was answered so. */
  void connect(String result) {
    count("connects", "result", result);
  }

  /** A connection ended for this reason. */
  void disconnect(String reason) {
    count("disconnects", "reason", reason);
  }

  /** A message was answered so. */
  void message(String result) {
    count("messages", "result", result);
  }

  /** A will was published or not. */
  void will(String result) {
    count("wills", "result", result);
  }

  /** The gateway failed on something that a client sent; each is in the log as well. */
  void fault() {
    count("faults", "where", "mqtt");
  }

  void answerDropped(String reason) {
    count("answers.dropped", "reason", reason);
  }

  void answerSent(long inferredAtMillis) {
    answerLatency.record(Duration.ofMillis(Math.max(0, clock.millis() - inferredAtMillis)));
  }

  private void count(String name, String label, String value) {
    counters
        .computeIfAbsent(name + '/' + value, key -> registry.counter(PREFIX + name, label, value))
        .increment();
  }
}
