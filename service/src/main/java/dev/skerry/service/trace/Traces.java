package dev.skerry.service.trace;

import dev.skerry.service.ConfigException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Spans of single records: written, answered, received. A record bears its trace in the headers
 * {@code traceparent} and {@code tracestate} (W3C Trace Context), and whatever is made of it bears
 * the same. A part that answers begins no trace of its own. Where tracing is off no header is
 * looked at and nothing is made. Thread-safe.
 */
public final class Traces {

  /** For a process that does not trace. */
  public static final Traces OFF = new Traces(OpenTelemetry.noop(), /* on= */ false);

  /** The header that names a trace, of a record and of a request. */
  public static final String PARENT = "traceparent";

  static final String STATE = "tracestate";

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> TOPIC =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> PARTITION =
      AttributeKey.stringKey("messaging.destination.partition.id");
  private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

  private final Tracer tracer;
  private final boolean on;
  private final W3CTraceContextPropagator propagator = W3CTraceContextPropagator.getInstance();

  private Traces(OpenTelemetry telemetry, boolean on) {
    this.tracer = telemetry.getTracer("dev.skerry");
    this.on = on;
  }

  /** Traces that go where this one sends them. */
  public static Traces of(OpenTelemetry telemetry) {
    return new Traces(telemetry, /* on= */ true);
  }

  /**
   * Traces that go where the {@link TraceExport} of the class path sends them.
   *
   * @throws ConfigException where there is none
   */
  public static Traces exported(String service) {
    return ServiceLoader.load(TraceExport.class)
        .findFirst()
        .map(export -> of(export.open(service)))
        .orElseThrow(
            () ->
                new ConfigException(
                    "service.trace.enabled is true, and nothing on the class path exports traces;"
                        + " add Skerry's module trace to it"));
  }

  /** Whether anything is done here. */
  public boolean areOn() {
    return on;
  }

  /** Does what belongs to the trace that a request names, and returns what came of it. */
  public <T> T following(@Nullable String traceParent, Supplier<T> work) {
    if (!on || traceParent == null) {
      return work.get();
    }
    Headers named = new RecordHeaders();
    HeaderText.INSTANCE.set(named, PARENT, traceParent);
    return propagator.extract(Context.root(), named, HeaderText.INSTANCE).wrapSupplier(work).get();
  }

  /** A record that is about to be sent, in the trace that this thread follows or in a new one. */
  public Publication publish(String topic) {
    if (!on) {
      return Publication.UNTRACED;
    }
    Context followed = Context.current();
    Span span =
        describe("send ", topic).setParent(followed).setSpanKind(SpanKind.PRODUCER).startSpan();
    return new TracedPublication(span, followed.with(span));
  }

  /**
   * Where what answers a record goes: the same, with the record's trace in its headers.
   *
   * @param sinceMillis when the record was polled, since the epoch
   */
  public Consumer<ProducerRecord<byte[], byte[]>> answers(
      ConsumerRecord<?, ?> source, long sinceMillis, Consumer<ProducerRecord<byte[], byte[]>> out) {
    if (!on) {
      return out;
    }
    Context parent = parent(source.headers());
    if (!isTraced(parent)) {
      return out;
    }
    Span span =
        describe("process ", source)
            .setParent(parent)
            .setStartTimestamp(sinceMillis, TimeUnit.MILLISECONDS)
            .startSpan();
    span.end();
    Context own = parent.with(span);
    return answer -> {
      propagator.inject(own, answer.headers(), HeaderText.INSTANCE);
      out.accept(answer);
    };
  }

  /**
   * Notes that traced records arrived where many are summed up. Their traces end there: what comes
   * of them belongs to none of them.
   */
  public void received(ConsumerRecords<byte[], byte[]> records) {
    if (!on) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Context parent = parent(record.headers());
      if (isTraced(parent)) {
        describe("receive ", record).setParent(parent).startSpan().end();
        HeaderText.forget(record.headers());
      }
    }
  }

  private Context parent(Headers headers) {
    return headers.lastHeader(PARENT) == null
        ? Context.root()
        : propagator.extract(Context.root(), headers, HeaderText.INSTANCE);
  }

  private static boolean isTraced(Context context) {
    return Span.fromContext(context).getSpanContext().isValid();
  }

  private SpanBuilder describe(String what, ConsumerRecord<?, ?> record) {
    return describe(what, record.topic())
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute(PARTITION, Integer.toString(record.partition()))
        .setAttribute(OFFSET, record.offset());
  }

  private SpanBuilder describe(String what, String topic) {
    return tracer
        .spanBuilder(what + topic)
        .setAttribute(SYSTEM, "kafka")
        .setAttribute(TOPIC, topic);
  }

  /** A record on its way to its acknowledgement. */
  public interface Publication {

    /** Of a process that does not trace. */
    Publication UNTRACED =
        new Publication() {
          @Override
          public Iterable<Header> headers(List<Header> own) {
            return own;
          }

          @Override
          public void end(@Nullable Exception failure) {
            // There is no span to end.
          }
        };

    /** The record's own headers, and those of its trace. */
    Iterable<Header> headers(List<Header> own);

    /** It was acknowledged, or failed for this reason. */
    void end(@Nullable Exception failure);
  }

  private final class TracedPublication implements Publication {

    private final Span span;
    private final Context context;

    TracedPublication(Span span, Context context) {
      this.span = span;
      this.context = context;
    }

    @Override
    public Iterable<Header> headers(List<Header> own) {
      Headers all = new RecordHeaders(own);
      propagator.inject(context, all, HeaderText.INSTANCE);
      return all;
    }

    @Override
    public void end(@Nullable Exception failure) {
      if (failure != null) {
        span.recordException(failure).setStatus(StatusCode.ERROR);
      }
      span.end();
    }
  }
}
