package dev.skerry.retrain.labels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the endpoint can do: show samples and take labels. Thread-safe. */
final class LabelDesk {

  private static final int WRITE_SECONDS = 15;
  private static final int MAX_AT_ONCE = 10_000;

  private final SampleIndex index;
  private final SampleRecords records;
  private final LabelWriter writer;
  private final Map<String, Set<String>> furtherClasses;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final ObjectMapper json = new ObjectMapper();
  private final SampleJson shown = new SampleJson(json);

  LabelDesk(
      SampleIndex index,
      SampleRecords records,
      LabelWriter writer,
      Map<String, Set<String>> furtherClasses,
      MeterRegistry metrics,
      Clock clock) {
    this.index = index;
    this.records = records;
    this.writer = writer;
    this.furtherClasses = furtherClasses;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A page of the samples that are asked for, the newest first. */
  Reply samples(URI uri) {
    SampleQuery query = SampleQuery.of(uri);
    return Reply.json(
        200, shown.page(index.page(query), index.counts(query.stream().orElse(null))));
  }

  /** The streams with their classes. */
  Reply streams() {
    SortedMap<String, Set<String>> classes = index.classes();
    furtherClasses.forEach(
        (stream, names) ->
            classes.computeIfPresent(
                stream,
                (same, known) -> {
                  Set<String> all = new LinkedHashSet<>(known);
                  all.addAll(names);
                  return all;
                }));
    return Reply.json(200, shown.streams(classes, index));
  }

  /** One sample, whole. */
  Reply sample(UUID id) throws Refused {
    return Reply.json(200, shown.whole(find(id), read(id)));
  }

  /** A sample's picture. */
  Reply image(UUID id) throws Refused {
    if (!(read(id).getTelemetry().getPayload() instanceof Frame frame)) {
      throw new Refused(404, "the sample " + id + " has readings and no picture");
    }
    ByteBuffer data = frame.getData().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    String type = frame.getEncoding() == FrameEncoding.PNG ? "image/png" : "image/jpeg";
    return new Reply(200, type, bytes);
  }

  /** Labels a sample that is known here; answers when Kafka has it. */
  Reply put(UUID id, JsonNode body) throws Refused, InterruptedException {
    find(id);
    Label label = LabelJson.read(body, id, now());
    write(List.of(label));
    return Reply.json(200, shown.listed(find(id)));
  }

  /** Takes a sample's label back. */
  Reply withdraw(UUID id, JsonNode body) throws Refused, InterruptedException {
    find(id);
    JsonNode by = body.path("labelledBy");
    if (!by.isTextual() || by.textValue().isBlank() || body.size() > 1) {
      throw new Refused(400, "give labelledBy, and nothing else, to take a label back");
    }
    write(List.of(LabelJson.withdrawn(id, by.textValue().strip(), now())));
    return Reply.json(200, shown.listed(find(id)));
  }

  /** Takes many labels of a tool's, all or, where one is wrong, none; for any samples. */
  Reply post(JsonNode body) throws Refused, InterruptedException {
    if (!body.isArray() || body.isEmpty() || body.size() > MAX_AT_ONCE) {
      throw new Refused(400, "give a list of 1 to " + MAX_AT_ONCE + " labels");
    }
    Instant now = now();
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      try {
        labels.add(LabelJson.read(body.get(i), null, now));
      } catch (IllegalArgumentException e) {
        throw new Refused(400, "label " + i + ": " + e.getMessage());
      }
    }
    write(labels);
    return Reply.json(200, json.createObjectNode().put("written", labels.size()));
  }

  /** What is wrong, as an answer. */
  Reply problem(int status, @Nullable String message) {
    ObjectNode problem = json.createObjectNode().put("error", String.valueOf(message));
    return Reply.json(status, problem);
  }

  /** The body of a request. */
  JsonNode parse(byte[] body) throws Refused {
    try {
      return json.readTree(body);
    } catch (java.io.IOException e) {
      throw new Refused(400, "the body is no JSON: " + e.getMessage());
    }
  }

  /** Writes labels and returns when Kafka has them; throws where it does not take them in time. */
  void write(List<Label> labels) throws Refused, InterruptedException {
    List<CompletableFuture<LabelWriter.Written>> written =
        labels.stream().map(writer::write).toList();
    try {
      CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new))
          .get(WRITE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new Refused(
          503, "Kafka did not take it, or not all; the same again does no harm: " + e.getMessage());
    }
    for (CompletableFuture<LabelWriter.Written> each : written) {
      index.add(each.join().place(), each.join().label());
      count(each.join().label());
    }
  }

  private void count(Label label) {
    boolean automatic = label.getLabelledBy().startsWith(AutomaticLabels.BY);
    metrics.counter("skerry.labels.written", "by", automatic ? "attribute" : "request").increment();
  }

  private SampleIndex.Entry find(UUID id) throws Refused {
    return index
        .find(id)
        .orElseThrow(() -> new Refused(404, "there is no sample " + id + " among the newest"));
  }

  private RetrainingSample read(UUID id) throws Refused {
    return records
        .read(find(id).sample().place())
        .orElseThrow(() -> new Refused(410, "the sample " + id + " is kept no longer"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
