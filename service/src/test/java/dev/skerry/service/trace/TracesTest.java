package dev.skerry.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.skerry.service.ConfigException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String NOT_SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-00";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final Traces traces = traces(Sampler.parentBased(Sampler.alwaysOn()));

  private Traces traces(Sampler sampler) {
    return Traces.of(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .setSampler(sampler)
                    .build())
            .build());
  }

  @Test
  void shouldGiveARecordTheTraceThatItsRequestNames() {
    Traces.Publication publication = traces.following(SAMPLED, () -> traces.publish("telemetry"));
    Headers headers =
        new RecordHeaders(
            publication.headers(List.of(new RecordHeader("own", "kept".getBytes(UTF_8)))));
    assertThat(text(headers, "own")).contains("kept");
    assertThat(spans.getFinishedSpanItems()).isEmpty(); // It waits for its acknowledgement.
    publication.end(null);
    SpanData span = only();
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getName()).isEqualTo("send telemetry");
    assertThat(span.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(text(headers, "traceparent"))
        .contains("00-" + TRACE + "-" + span.getSpanId() + "-01");
  }

  @Test
  void shouldBeginATraceWhereNobodyNamesOne() {
    Traces.Publication publication = traces.publish("telemetry");
    publication.end(new IllegalStateException("no broker"));
    assertThat(only().getParentSpanContext().isValid()).isFalse();
    assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(new RecordHeaders(publication.headers(List.of())), "traceparent"))
        .hasValueSatisfying(parent -> assertThat(parent).contains(only().getTraceId()));
  }

  @Test
  void shouldGiveAllAnswersTheTraceOfTheirRecord() {
    List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
    Consumer<ProducerRecord<byte[], byte[]>> out =
        traces.answers(record(Optional.of(SAMPLED)), 1_000, answers::add);
    out.accept(answer("detections"));
    out.accept(answer("retraining-candidates"));
    SpanData span = only();
    assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(span.getStartEpochNanos()).isEqualTo(1_000_000_000L);
    assertThat(span.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset")))
        .isEqualTo(42);
    assertThat(answers)
        .hasSize(2)
        .allSatisfy(
            answer ->
                assertThat(text(answer.headers(), "traceparent"))
                    .contains("00-" + TRACE + "-" + span.getSpanId() + "-01"));
  }

  @Test
  void shouldPassOnATraceThatIsNotSampledAndMakeNoSpan() {
    List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
    traces.answers(record(Optional.of(NOT_SAMPLED)), 1, answers::add).accept(answer("detections"));
    assertThat(spans.getFinishedSpanItems()).isEmpty();
    assertThat(text(answers.get(0).headers(), "traceparent"))
        .hasValueSatisfying(parent -> assertThat(parent).contains(TRACE).endsWith("-00"));
  }

  @Test
  void shouldAnswerUntracedRecordsAsTheyAre() {
    Consumer<ProducerRecord<byte[], byte[]>> out = answer -> {};
    assertThat(traces.answers(record(Optional.empty()), 1, out)).isSameAs(out);
    assertThat(traces.answers(record(Optional.of("00-rubbish")), 1, out)).isSameAs(out);
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void shouldEndATraceWhereManyRecordsAreSummedUp() {
    ConsumerRecord<byte[], byte[]> record = record(Optional.of(SAMPLED));
    traces.received(
        new ConsumerRecords<>(
            Map.of(new TopicPartition("telemetry", 0), List.of(record, record(Optional.empty()))),
            Map.of()));
    assertThat(only().getName()).isEqualTo("receive telemetry");
    assertThat(only().getTraceId()).isEqualTo(TRACE);
    assertThat(text(record.headers(), "traceparent")).isEmpty();
  }

  /** A record whose headers nobody may ask for is answered a million times, and nothing is made. */
  @Test
  void shouldLookAtNoHeaderAndMakeNothingWhereItIsOff() {
    ConsumerRecord<byte[], byte[]> record = untouchable();
    Consumer<ProducerRecord<byte[], byte[]>> out = answer -> {};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThat(Traces.OFF.areOn()).isFalse();
    long before = threads.getCurrentThreadAllocatedBytes();
    long same = 0;
    for (int i = 0; i < 1_000_000; i++) {
      same += Traces.OFF.answers(record, i, out) == out ? 1 : 0;
      same += Traces.OFF.publish("telemetry") == Traces.Publication.UNTRACED ? 1 : 0;
    }
    long made = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(same).isEqualTo(2_000_000);
    assertThat(made).as("bytes in a million records").isLessThan(100_000);
    Traces.OFF.received(
        new ConsumerRecords<>(
            Map.of(new TopicPartition("telemetry", 0), List.of(record)), Map.of()));
  }

  @Test
  void shouldSayWhatIsMissingWhereNothingExportsTraces() {
    assertThatThrownBy(() -> Traces.exported("gateway"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("service.trace.enabled")
        .hasMessageContaining("module trace");
  }

  private SpanData only() {
    assertThat(spans.getFinishedSpanItems()).hasSize(1);
    return spans.getFinishedSpanItems().get(0);
  }

  private static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return Optional.ofNullable(header).map(found -> new String(found.value(), UTF_8));
  }

  private static ProducerRecord<byte[], byte[]> answer(String topic) {
    return new ProducerRecord<>(topic, new byte[] {1});
  }

  private static ConsumerRecord<byte[], byte[]> record(Optional<String> traceParent) {
    Headers headers = new RecordHeaders();
    traceParent.ifPresent(parent -> headers.add("traceparent", parent.getBytes(UTF_8)));
    return record(headers);
  }

  private static ConsumerRecord<byte[], byte[]> record(Headers headers) {
    return new ConsumerRecord<>(
        "telemetry",
        0,
        42,
        0,
        TimestampType.LOG_APPEND_TIME,
        1,
        1,
        new byte[] {1},
        new byte[] {2},
        headers,
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> untouchable() {
    return new ConsumerRecord<>("telemetry", 0, 42, new byte[] {1}, new byte[] {2}) {
      @Override
      public Headers headers() {
        throw new AssertionError("Somebody looked at the headers");
      }
    };
  }
}
