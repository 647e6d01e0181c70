package dev.skerry.inference.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.ContractSummary;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.ReleaseRecord;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.schemas.release.TrustedKeys;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of three chunks comes to a site. */
class ArrivalsTest implements Arrivals.Outcomes {

  private static final String CONTENT = "one two three";
  private static final int CHUNK_BYTES = 5;

  @TempDir private Path directory;
  private final SigningKey key = SigningKey.generate();
  private final AtomicLong nowMillis = new AtomicLong();
  private final List<ProducerRecord<byte[], byte[]>> topic = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private ReleaseCache cache;
  private Manifest manifest;
  private Arrivals arrivals;

  @BeforeEach
  void publish() throws Exception {
    cache = new ReleaseCache(directory.resolve("releases"));
    manifest = manifest();
    arrivals =
        new Arrivals(
            new ReleaseLog(new TrustedKeys(List.of(key.publicKey()), List.of(), false)),
            cache,
            wanted -> true,
            this,
            () -> Instant.ofEpochMilli(nowMillis.get()));
    ReleaseRecord.Writer writer = new ReleaseRecord.Writer();
    topic.add(writer.statement(manifest, key.sign(manifest)));
    ByteBuffer content = ByteBuffer.wrap(CONTENT.getBytes(UTF_8));
    for (int chunk = 1; chunk <= manifest.chunks(); chunk++) {
      int begin = (int) manifest.offset(chunk);
      topic.add(writer.chunk(manifest, chunk, content.slice(begin, manifest.length(chunk))));
    }
  }

  @Test
  void shouldKeepWhatHasComeWhole() {
    readAll();
    assertThat(heard).containsExactly("received pump 2.0.0");
    assertThat(cache.file(manifest.release()).orElseThrow()).hasContent(CONTENT);
    assertThat(arrivals.mustReadAgain()).isFalse();
  }

  @Test
  void shouldReadAgainByAndByWhatTheDiskDidNotTake() throws Exception {
    Path inTheWay = Files.createDirectory(cache.incoming(manifest));
    readAll();
    assertThat(arrivals.isHeldUp()).isTrue();
    assertThat(arrivals.mustReadAgain()).as("at once").isFalse();
    for (int i = 0; i < 3; i++) { // However long it takes.
      nowMillis.addAndGet(30_000);
      assertThat(arrivals.mustReadAgain()).as("nothing can come in").isFalse();
      assertThat(arrivals.isHeldUp()).isTrue();
    }
    Files.delete(inTheWay);
    nowMillis.addAndGet(30_000);
    assertThat(arrivals.mustReadAgain()).isTrue();
    readAll();
    assertThat(heard).containsExactly("received pump 2.0.0");
    assertThat(cache.file(manifest.release()).orElseThrow()).hasContent(CONTENT);
    assertThat(arrivals.isHeldUp()).isFalse();
  }

  @Test
  void shouldReadAgainWhatCouldNotBeTakenIntoTheCache() throws Exception {
    Path entry = directory.resolve("releases").resolve("pump@2.0.0");
    Files.createDirectories(entry.resolve("model.onnx").resolve("in-the-way"));
    readAll();
    assertThat(heard).isEmpty();
    assertThat(arrivals.isHeldUp()).isTrue();
    Files.delete(entry.resolve("model.onnx").resolve("in-the-way"));
    nowMillis.addAndGet(30_000);
    assertThat(arrivals.mustReadAgain()).isTrue();
    readAll();
    assertThat(heard).containsExactly("received pump 2.0.0");
    assertThat(cache.file(manifest.release()).orElseThrow()).hasContent(CONTENT);
  }

  private void readAll() {
    for (ProducerRecord<byte[], byte[]> record : topic) {
      arrivals.accept(new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value()));
    }
  }

  private Manifest manifest() throws Exception {
    Path file = Files.writeString(directory.resolve("content"), CONTENT);
    return new Manifest(
        "pump",
        "2.0.0",
        "pump",
        10,
        ReleaseCache.sha256(file),
        Files.size(file),
        CHUNK_BYTES,
        new ContractSummary("classify", "readings of 1 x 4", List.of("a", "b"), null),
        List.of(),
        CanaryPolicy.DEFAULT,
        Expectation.DEFAULT);
  }

  @Override
  public void received(Manifest whole) {
    heard.add("received " + whole.release());
  }

  @Override
  public void refused(ReleaseId release, String reason) {
    heard.add("refused " + release + ": " + reason);
  }
}
