package dev.skerry.retrain.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.retrain.dataset.LabelledSamples.Made;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetBuilderTest {

  private static final SplitRule RULE = new SplitRule(0.3);
  private static final TopicPartition SAMPLES = new TopicPartition("retraining-samples", 0);
  private static final SortedMap<String, Long> INPUTS = new TreeMap<>();

  static {
    INPUTS.put(SAMPLES.toString(), 42L);
  }

  @TempDir private Path dir;
  private final LabelledSamples made = new LabelledSamples();

  @Test
  void shouldPutEachDeviceOnOneSideAndNoSampleTwice() throws IOException, SQLException {
    List<Made> samples = made.of("m-", 30, 5, 1);
    try (SampleStore store = store("one")) {
      add(store, samples);
      Path version = builder(store, "one").build(LabelledSamples.STREAM, INPUTS).directory();

      assertThat(
              Duck.number(
                  version,
                  "SELECT count(*) FROM (SELECT DISTINCT site_id, device_id FROM {train})"
                      + " JOIN (SELECT DISTINCT site_id, device_id FROM {validation})"
                      + " USING (site_id, device_id)"))
          .as("devices that models are trained on and judged by")
          .isZero();
      assertThat(
              Duck.number(
                  version,
                  "SELECT count(DISTINCT sample_id) FROM (SELECT sample_id FROM {train}"
                      + " UNION ALL SELECT sample_id FROM {validation})"))
          .isEqualTo(samples.size());
      assertThat(
              Duck.number(version, "SELECT count(*) FROM {train}")
                  + Duck.number(version, "SELECT count(*) FROM {validation}"))
          .isEqualTo(samples.size());
      assertThat(Duck.number(version, "SELECT count(*) FROM {validation}")).isPositive();
    }
  }

  @Test
  void shouldSayInTheManifestWhatIsInTheFiles() throws IOException, SQLException {
    try (SampleStore store = store("one")) {
      add(store, made.of("m-", 30, 5, 1));
      DatasetVersion version = builder(store, "one").build(LabelledSamples.STREAM, INPUTS);
      DatasetManifest manifest = version.manifest();
      assertThat(manifest.samples()).isEqualTo(150);
      assertThat(manifest.labels())
          .containsExactly("bearing-inner", "bearing-outer", "misalignment", "normal", "unbalance");
      for (String label : manifest.labels()) {
        assertThat(manifest.count(Split.TRAIN, label))
            .isEqualTo(
                Duck.number(
                    version.directory(),
                    "SELECT count(*) FROM {train} WHERE label = '" + label + "'"));
      }
      assertThat(manifest.inputs()).isEqualTo(INPUTS);
      assertThat(manifest.schemaIds()).containsKeys("RetrainingSample", "Label");
      assertThat(DatasetManifest.read(version.directory())).isEqualTo(manifest);
      version.verify();
    }
  }

  @Test
  void shouldGiveTheSameBytesWhateverTheOrderInWhichRecordsCame() throws IOException {
    List<Made> samples = made.of("m-", 12, 5, 1);
    List<Made> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(3));
    try (SampleStore one = store("one");
        SampleStore other = store("other")) {
      add(one, samples);
      addOneByOne(other, shuffled);
      Path first = builder(one, "one").build(LabelledSamples.STREAM, INPUTS).directory();
      Path second = builder(other, "other").build(LabelledSamples.STREAM, INPUTS).directory();
      assertThat(files(first)).isEqualTo(files(second)).isNotEmpty();
      for (Path file : files(first)) {
        assertThat(first.resolve(file)).hasSameBinaryContentAs(second.resolve(file));
      }
    }
  }

  @Test
  void shouldMakeTheSameVersionAgainAfterAKillThatLeftHalfOfIt() throws IOException {
    List<Made> samples = made.of("m-", 12, 3, 1);
    try (SampleStore one = store("one");
        SampleStore other = store("other")) {
      add(one, samples);
      add(other, samples);
      Path half = dir.resolve("other/datasets/" + LabelledSamples.STREAM + "/000001.making/train");
      Files.createDirectories(half);
      Files.writeString(half.resolve("2026-03-01T12.parquet"), "half of a file");
      Files.writeString(half.resolve("of-another-hour.parquet"), "whole, of a plan given up");
      Datasets datasets = new Datasets(dir.resolve("other").resolve("datasets"));
      assertThat(datasets.versions(LabelledSamples.STREAM)).as("half is no version").isEmpty();
      Path first = builder(one, "one").build(LabelledSamples.STREAM, INPUTS).directory();
      Path second = builder(other, "other").build(LabelledSamples.STREAM, INPUTS).directory();
      assertThat(files(second)).isEqualTo(files(first)).isNotEmpty();
      for (Path file : files(first)) {
        assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
      }
      assertThat(half).doesNotExist();
    }
  }

  @Test
  void shouldMakeNoVersionWhereNothingChangedAndKeepFilesOfWhichNothingDid() throws IOException {
    List<Made> samples = made.of("m-", 12, 6, 1);
    try (SampleStore store = store("one")) {
      add(store, samples);
      DatasetBuilder builder = builder(store, "one");
      DatasetVersion first = builder.build(LabelledSamples.STREAM, INPUTS);
      assertThat(builder.build(LabelledSamples.STREAM, INPUTS)).isEqualTo(first);

      Made corrected = samples.get(0);
      relabel(store, corrected, made.label(corrected.id(), "normal-after-all"));
      DatasetVersion second = builder.build(LabelledSamples.STREAM, INPUTS);
      assertThat(second.manifest().version()).isEqualTo(2);
      assertThat(second.manifest().parent())
          .isEqualTo(new DatasetManifest.Parent(1, first.manifest().sha256()));
      List<DatasetManifest.Part> changed = new ArrayList<>(second.manifest().files());
      changed.removeAll(first.manifest().files());
      assertThat(changed).hasSize(1);
      assertThat(DatasetDiff.of(first, second))
          .isEqualTo(
              new DatasetDiff(
                  1,
                  2,
                  new TreeMap<>(),
                  new TreeMap<>(),
                  new TreeMap<>(java.util.Map.of(corrected.truth() + " -> normal-after-all", 1L))));
      first.verify();
      second.verify();
    }
  }

  @Test
  void shouldLeaveOutWhatIsWithdrawnUnlabelledOrUnknown() throws IOException {
    List<Made> samples = made.of("m-", 4, 5, 1);
    try (SampleStore store = store("one")) {
      SampleStore.Intake intake = new SampleStore.Intake();
      samples.forEach(sample -> intake.sample(sample.id(), sample.sample()));
      intake.label(samples.get(0).id(), samples.get(0).label());
      intake.label(samples.get(1).id(), samples.get(1).label());
      intake.label(new java.util.UUID(1, 2), made.label(new java.util.UUID(1, 2), "normal"));
      intake.position(SAMPLES, 7);
      store.add(intake);
      relabel(store, samples.get(1), made.withdrawal(samples.get(1).id()));
      DatasetVersion version = builder(store, "one").build(LabelledSamples.STREAM, INPUTS);
      assertThat(version.manifest().samples()).isEqualTo(1);
      assertThat(new LabelledCounts(store, WriterSchemas.catalogue()).of(LabelledSamples.STREAM))
          .isEqualTo(1);
    }
  }

  @Test
  void shouldTakeNothingOfWhatTheDeviceSaidBesideItsReadings() throws IOException {
    try (SampleStore store = store("one")) {
      List<Made> samples = made.of("m-", 10, 5, 1);
      SampleStore.Intake intake = new SampleStore.Intake();
      samples.forEach(
          sample -> {
            intake.sample(sample.id(), sample.sample());
            intake.label(sample.id(), made.label(sample.id(), "something-else"));
          });
      intake.position(SAMPLES, 7);
      store.add(intake);
      DatasetVersion version = builder(store, "one").build(LabelledSamples.STREAM, INPUTS);
      assertThat(DatasetFile.columns()).doesNotContain("attributes");
      List<DatasetRow> rows = new ArrayList<>();
      version.read(Split.TRAIN, rows::add);
      version.read(Split.VALIDATION, rows::add);
      assertThat(rows)
          .hasSize(50)
          .allSatisfy(
              row ->
                  assertThat(row.toTelemetry().getAttributes())
                      .containsExactly(java.util.Map.entry("label.fault", "something-else")));
    }
  }

  @Test
  void shouldNameAFileThatWasChanged() throws IOException {
    try (SampleStore store = store("one")) {
      add(store, made.of("m-", 10, 5, 1));
      DatasetVersion version = builder(store, "one").build(LabelledSamples.STREAM, INPUTS);
      Path file = version.directory().resolve(version.manifest().files().get(0).file());
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2]++;
      Files.write(file, bytes);
      assertThatThrownBy(version::verify)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("is not the file that its manifest names");
    }
  }

  private SampleStore store(String name) throws IOException {
    return SampleStore.open(dir.resolve(name).resolve("store"));
  }

  private DatasetBuilder builder(SampleStore store, String name) {
    return new DatasetBuilder(
        store,
        WriterSchemas.catalogue(),
        new Datasets(dir.resolve(name).resolve("datasets")),
        RULE);
  }

  private static void add(SampleStore store, List<Made> samples) throws IOException {
    SampleStore.Intake intake = new SampleStore.Intake();
    for (Made sample : samples) {
      intake.sample(sample.id(), sample.sample());
      intake.label(sample.id(), sample.label());
    }
    intake.position(SAMPLES, samples.size());
    store.add(intake);
  }

  private static void addOneByOne(SampleStore store, List<Made> samples) throws IOException {
    for (Made sample : samples) {
      add(store, List.of(sample));
      add(store, List.of(sample)); // A second time it changes nothing.
    }
  }

  private static void relabel(SampleStore store, Made sample, byte[] label) throws IOException {
    SampleStore.Intake intake = new SampleStore.Intake();
    intake.label(sample.id(), label);
    intake.position(SAMPLES, 1_000);
    store.add(intake);
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).map(directory::relativize).sorted().toList();
    }
  }
}
