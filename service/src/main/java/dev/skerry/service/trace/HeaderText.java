package dev.skerry.service.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Trace context as headers of a record, in UTF-8. */
final class HeaderText implements TextMapGetter<Headers>, TextMapSetter<Headers> {

  static final HeaderText INSTANCE = new HeaderText();

  private HeaderText() {}

  @Override
  public Iterable<String> keys(Headers carrier) {
    return Arrays.stream(carrier.toArray()).map(Header::key).collect(Collectors.toSet());
  }

  @Override
  public @Nullable String get(@Nullable Headers carrier, String key) {
    Header header = carrier == null ? null : carrier.lastHeader(key);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  @Override
  public void set(@Nullable Headers carrier, String key, String value) {
    if (carrier != null) {
      carrier.remove(key).add(key, value.getBytes(UTF_8));
    }
  }

  /** What {@link #set} may have written. */
  static void forget(Headers headers) {
    Set.of(Traces.PARENT, Traces.STATE).forEach(headers::remove);
  }
}
