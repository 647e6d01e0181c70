package dev.skerry.warehouse;

import dev.skerry.warehouse.sample.SampleContent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The warehouse's configuration, under the prefix {@code warehouse}; see the guide. */
@ConfigMapping(prefix = "warehouse")
public interface WarehouseConfig {

  /** Where tables and the list of them lie, unless {@code catalog} says otherwise. */
  @WithDefault("warehouse")
  Path directory();

  /** Iceberg's own properties of another catalogue; empty for SQLite in the directory. */
  Map<String, String> catalog();

  /** The namespace that the tables are in. */
  @WithDefault("skerry")
  String namespace();

  /** Which topics become tables. */
  @WithDefault("aggregates,fleet-aggregates,drift,completeness,model-status,retraining-samples")
  List<String> topics();

  /** What of a sample's telemetry goes into the warehouse. */
  @WithDefault("metadata")
  SampleContent samples();

  /** How often new rows are committed. */
  @WithDefault("PT2S")
  Duration commitInterval();

  /** How long a commit waits for all tasks before it takes what there is. */
  @WithDefault("PT10S")
  Duration commitTimeout();

  /** Tasks of each connector; 1 with SQLite. */
  @WithDefault("1")
  int tasks();

  /** The Connect cluster: workers of the same group share the connectors. */
  @WithDefault("skerry-warehouse")
  String group();

  /** Copies of the topics that it makes. */
  @WithDefault("1")
  short replicationFactor();

  /** A Connect cluster that somebody else runs; without it, this process is a worker. */
  Optional<URI> connectUrl();

  /** Where the worker's own REST interface listens. */
  @WithDefault("http://127.0.0.1:0")
  String listener();

  /** Settings of the converter, for example schema.registry.url. */
  Map<String, String> converter();

  /** Settings of the worker beside those that are made here. */
  Map<String, String> worker();

  /** Compaction, expiry, removal of orphans. */
  Maintenance maintenance();

  /** Restarts of failed tasks. */
  Watchdog watchdog();

  /** Questions. */
  Sql sql();

  /** What keeps tables quick to read. */
  interface Maintenance {

    /** How often it goes over all tables; 0 for never. */
    @WithDefault("PT10M")
    Duration interval();

    /** How large files become. */
    @WithDefault("134217728")
    long targetFileBytes();

    /** How many small files of a partition are worth being made one. */
    @WithDefault("8")
    int minFiles();

    /** How long a snapshot can still be read. */
    @WithDefault("PT1H")
    Duration snapshotAge();

    /** How many snapshots stay whatever their age. */
    @WithDefault("10")
    int minSnapshots();

    /** How old a file is that no snapshot knows before it is removed. */
    @WithDefault("P3D")
    Duration orphanAge();
  }

  /** How failed tasks are restarted. */
  interface Watchdog {

    /** How often it looks. */
    @WithDefault("PT2S")
    Duration interval();

    /** How long it waits before the second restart; doubles from one to the next. */
    @WithDefault("PT2S")
    Duration backOff();

    /** Where the doubling ends. */
    @WithDefault("PT5M")
    Duration maxBackOff();
  }

  /** How questions are answered. */
  interface Sql {

    /** How much of tables in an object store is copied to where the question is asked. */
    @WithDefault("2147483648")
    long fetchBytes();
  }
}
