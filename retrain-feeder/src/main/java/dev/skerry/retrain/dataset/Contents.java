package dev.skerry.retrain.dataset;

import dev.skerry.retrain.dataset.DatasetManifest.Counts;
import dev.skerry.retrain.dataset.DatasetManifest.Part;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** What a version is to hold: which samples in which file, and what there is to be counted. */
final class Contents {

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private final SplitRule rule;
  private final SortedMap<String, Rows> files = new TreeMap<>();
  private final SortedMap<String, Counts> counts = new TreeMap<>();
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  /** The samples of a file. */
  static final class Rows {
    private final Split split;
    private final List<UUID> ids = new ArrayList<>();
    private final Sha256 hash = new Sha256();
    private String sha256 = "";

    Rows(Split split) {
      this.split = split;
    }

    Split split() {
      return split;
    }

    List<UUID> ids() {
      return ids;
    }

    /** Of ids and labels; a sample never changes. Nothing may be added any more. */
    String sha256() {
      if (sha256.isEmpty()) {
        sha256 = hash.toHex();
      }
      return sha256;
    }
  }

  Contents(SplitRule rule) {
    this.rule = rule;
    for (Split split : Split.values()) {
      counts.put(split.word(), new Counts(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>()));
    }
  }

  /** Takes a sample; they come by id. */
  void add(Join.Labelled labelled) {
    RetrainingSample sample = labelled.sample();
    Telemetry telemetry = sample.getTelemetry();
    Split split = rule.of(telemetry.getSiteId(), telemetry.getDeviceId());
    Instant appended = sample.getDetection().getSource().getAppendTime();
    String file = split.word() + "/" + HOUR.format(appended) + ".parquet";
    Rows rows = files.computeIfAbsent(file, name -> new Rows(split));
    rows.ids.add(labelled.id());
    rows.hash.add(labelled.id().toString()).add(labelled.labelBytes());
    count(split, labelled);
    long eventMillis = telemetry.getEventTime().toEpochMilli();
    firstMillis = Math.min(firstMillis, eventMillis);
    lastMillis = Math.max(lastMillis, eventMillis);
  }

  private void count(Split split, Join.Labelled labelled) {
    Telemetry telemetry = labelled.sample().getTelemetry();
    String label = labelled.label().getLabel();
    Counts before = counts.get(split.word());
    if (before == null) {
      throw new IllegalStateException("every split has counts");
    }
    before.classes().merge(label == null ? "" : label, 1L, Long::sum);
    before.devices().merge(telemetry.getSiteId() + "/" + telemetry.getDeviceId(), 1L, Long::sum);
    for (SampleReason reason : labelled.sample().getReasons()) {
      before.reasons().merge(reason.name(), 1L, Long::sum);
    }
    counts.put(
        split.word(),
        new Counts(before.samples() + 1, before.classes(), before.devices(), before.reasons()));
  }

  SortedMap<String, Rows> files() {
    return files;
  }

  SortedMap<String, Counts> counts() {
    return counts;
  }

  String fromTime() {
    return files.isEmpty() ? "" : Instant.ofEpochMilli(firstMillis).toString();
  }

  String toTime() {
    return files.isEmpty() ? "" : Instant.ofEpochMilli(lastMillis).toString();
  }

  /** Whether a version holds just the same. */
  boolean isThatOf(DatasetManifest manifest) {
    if (manifest.files().size() != files.size()
        || manifest.validationShare() != rule.validationShare()) {
      return false;
    }
    for (Part part : manifest.files()) {
      Rows rows = files.get(part.file());
      if (rows == null || !rows.sha256().equals(part.rowsSha256())) {
        return false;
      }
    }
    return true;
  }
}
