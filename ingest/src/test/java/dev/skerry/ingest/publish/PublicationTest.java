package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroSafety;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

  @TempDir Path dir;

  @Test
  void shouldWriteAllRecordsIntoAnAvroFile() throws Exception {
    Path file = dir.resolve("t.avro");
    List<Telemetry> records = LongStream.range(0, 10).mapToObj(this::record).toList();
    Publication publication =
        Publication.atOnce(records.iterator(), Destination.avroFile(file), Progress.none());
    publication.run();
    assertThat(read(file)).isEqualTo(records);
    assertThat(publication.published().records()).isEqualTo(10);
    assertThat(publication.published().recordsByDevice()).isEqualTo(Map.of("d", 10L));
    assertThat(publication.published().whole()).isTrue();
    assertThat(publication.published().summary())
        .startsWith("10 records of 1 devices in ")
        .endsWith("windows per device: d=10");
  }

  @Test
  void shouldLeaveNoHalfFileWhereTheSourceFails() throws Exception {
    Iterator<Telemetry> failing =
        LongStream.range(0, 10)
            .mapToObj(
                n -> {
                  if (n == 5) {
                    throw new IllegalStateException("row 5");
                  }
                  return record(n);
                })
            .iterator();
    Publication publication =
        Publication.atOnce(failing, Destination.avroFile(dir.resolve("t.avro")), Progress.none());
    assertThatThrownBy(publication::run).hasMessage("row 5");
    assertThat(dir).isEmptyDirectory();
    assertThat(publication.published().whole()).isFalse();
  }

  @Test
  void shouldEndEarlyWhenStopped() throws Exception {
    List<Publication> running = new ArrayList<>();
    Iterator<Telemetry> endless =
        LongStream.iterate(0, n -> n + 1)
            .mapToObj(
                n -> {
                  if (n == 100) {
                    running.get(0).stop();
                  }
                  return record(n);
                })
            .iterator();
    running.add(
        Publication.atOnce(endless, Destination.avroFile(dir.resolve("t.avro")), Progress.none()));
    running.get(0).run();
    Published published = running.get(0).published();
    assertThat(published.records()).isBetween(100L, 101L);
    assertThat(published.whole()).isFalse();
    assertThat(published.summary()).startsWith("ended early: ");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void shouldNotOverwriteAFile() throws IOException {
    Path file = Files.writeString(dir.resolve("t.avro"), "mine");
    Publication publication =
        Publication.atOnce(
            List.of(record(0)).iterator(), Destination.avroFile(file), Progress.none());
    assertThatThrownBy(publication::run)
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + " is there already; remove it or choose another --to");
    assertThat(file).hasContent("mine");
    assertThat(publication.hasStarted()).isFalse();
  }

  private static List<Telemetry> read(Path file) throws IOException {
    AvroSafety.enable();
    List<Telemetry> records = new ArrayList<>();
    SpecificData data = SpecificData.getForClass(Telemetry.class);
    try (DataFileReader<Telemetry> reader =
        new DataFileReader<>(
            file.toFile(),
            new SpecificDatumReader<>(
                Telemetry.getClassSchema(), Telemetry.getClassSchema(), data))) {
      reader.forEachRemaining(records::add);
    }
    return records;
  }

  private Telemetry record(long sequence) {
    return Telemetry.newBuilder()
        .setDeviceId("d")
        .setSiteId("s")
        .setStream("pump")
        .setEventTime(Instant.ofEpochMilli(sequence))
        .setSequence(sequence)
        .setPayload(new Readings(1, 2, 0f, List.of(1f, 2f)))
        .build();
  }
}
