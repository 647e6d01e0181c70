package dev.skerry.aggregator;

import dev.skerry.aggregator.answers.AnswersConfig;
import dev.skerry.aggregator.drift.DriftConfig;
import dev.skerry.aggregator.drift.DriftRules;
import dev.skerry.aggregator.fleet.FleetConfig;
import dev.skerry.aggregator.ledger.LedgerConfig;
import dev.skerry.aggregator.seal.SealsConfig;
import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.schemas.topic.Side;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the aggregator can be told, under the prefix {@code aggregator}. */
@ConfigMapping(prefix = "aggregator")
public interface AggregatorConfig {

  /** The site at which it runs; dead letters name it. */
  String siteId();

  /** The end of the link at which it runs. */
  @WithDefault("edge")
  Side side();

  /** The group, the transactions and the internal topics are named after it. */
  @WithDefault("skerry-aggregator")
  String applicationId();

  /** Tells instances of one site apart, and stays the same over restarts. */
  @WithDefault("0")
  String instance();

  /** Where local state is kept; one instance at a time. */
  Path stateDir();

  /** Lengths of the tumbling windows, one or several, each a multiple of the smallest. */
  @WithDefault("PT10S,PT1M,PT1H")
  List<Duration> windows();

  /** How long after its end, by event time, a window still takes records. */
  @WithDefault("PT10S")
  Duration grace();

  /** After how long without input a window that is over closes by wall clock. */
  @WithDefault("PT10S")
  Duration quietClose();

  /** How far ahead of its append time a record can move its stream's event time. */
  @WithDefault("PT1M")
  Duration maxAhead();

  /** What the watch over drift can be told. */
  DriftConfig drift();

  /** What the roll-up of all sites can be told. */
  FleetConfig fleet();

  /** How records of sites are told from forged ones; in the cloud alone. */
  SealsConfig seals();

  /** What the ledger can be told. */
  LedgerConfig ledger();

  /** What the ledger of answers can be told. */
  AnswersConfig answers();

  /** The four rules of the windows, checked. */
  default WindowRules windowRules() {
    return new WindowRules("aggregator", windows(), grace(), quietClose(), maxAhead());
  }

  /** The rules of drift, checked. */
  default DriftRules driftRules() {
    return drift().rules(grace(), quietClose(), maxAhead());
  }
}
