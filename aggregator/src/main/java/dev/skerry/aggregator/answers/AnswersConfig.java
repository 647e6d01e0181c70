package dev.skerry.aggregator.answers;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What the ledger of answers can be told, under the prefix {@code aggregator.answers}. */
public interface AnswersConfig {

  /** Whether this process keeps the ledger of answers; at the edge alone. */
  @WithDefault("true")
  boolean enabled();

  /** The consumer groups in which telemetry is answered. */
  @WithDefault("skerry-inference,skerry-inference-frames")
  List<String> groups();

  /** How often it looks how far the groups are. */
  @WithDefault("PT5S")
  Duration interval();

  /** How often it says how many records are complete; what is wrong it says at once. */
  @WithDefault("PT1M")
  Duration reportEvery();
}
