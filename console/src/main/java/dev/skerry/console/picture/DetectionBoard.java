package dev.skerry.console.picture;

import dev.skerry.console.read.Seen;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest detections, and what was counted of all since the console started. Not thread-safe.
 */
final class DetectionBoard {

  private static final int NEWEST = 12;
  private static final int MOST_ROLES = 24;

  private final AvroDecoder<Detection> decoder;
  private final Deque<DetectionLine> newest = new ArrayDeque<>();
  private final Map<String, DetectionLine> newestByKind = new LinkedHashMap<>();
  private final Latencies latencies = new Latencies();
  private final Rate rate = new Rate();
  private final Map<Answerer, RoleTally> roles =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Answerer, RoleTally> eldest) {
          return size() > MOST_ROLES;
        }
      };
  private long count;
  private long low;

  private record Answerer(String stream, String model, String version, String role) {}

  DetectionBoard(WriterSchemas schemas) {
    this.decoder = new AvroDecoder<>(Detection.class, schemas);
  }

  void take(Seen seen) {
    if (!(decoder.decode(seen.record().value()) instanceof Decoded.Value<Detection> decoded)) {
      return;
    }
    Detection detection = decoded.value();
    DetectionLine line = DetectionLine.of(detection);
    newest.addFirst(line);
    if (newest.size() > NEWEST) {
      newest.removeLast();
    }
    newestByKind.put(line.topic(), line);
    if (!seen.old()) {
      count(detection, line, seen.readAtMillis());
    }
  }

  private void count(Detection detection, DetectionLine line, long readAtMillis) {
    count++;
    low += line.low() ? 1 : 0;
    latencies.add(readAtMillis - detection.getSource().getAppendTime().toEpochMilli());
    roles
        .computeIfAbsent(
            new Answerer(line.stream(), line.model(), line.version(), line.role()),
            made -> new RoleTally())
        .add(detection, line.latency());
  }

  /** The newest first. */
  List<DetectionLine> newest() {
    return List.copyOf(newest);
  }

  /** The newest of each telemetry topic: readings, frames. */
  List<DetectionLine> newestByKind() {
    return List.copyOf(newestByKind.values());
  }

  List<RoleTally.Figures> roles(long nowMillis) {
    return roles.entrySet().stream()
        .map(
            role ->
                role.getValue()
                    .figures(
                        nowMillis,
                        role.getKey().stream(),
                        role.getKey().model(),
                        role.getKey().version(),
                        role.getKey().role()))
        .toList();
  }

  /** Median, 95th and 99th percentile since the last call. */
  @Nullable Long[] takeLatencies() {
    return latencies.take(0.50, 0.95, 0.99);
  }

  double perSecond(long nowMillis) {
    rate.observe(nowMillis, (double) count);
    return rate.perSecond();
  }

  long count() {
    return count;
  }

  long lowConfidence() {
    return low;
  }
}
