package dev.skerry.inference;

import dev.skerry.inference.batch.UnservedStreams;
import dev.skerry.inference.delivery.Guarantee;
import dev.skerry.inference.overflow.OverflowConfig;
import dev.skerry.inference.provider.ProviderConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the inference processor can be told, under the prefix {@code inference}. The size of a poll
 * and how long it waits are Kafka's own settings: {@code kafka.consumer.max.poll.records}, {@code
 * kafka.consumer.fetch.min.bytes}, {@code kafka.consumer.fetch.max.wait.ms}.
 */
@ConfigMapping(prefix = "inference")
public interface InferenceConfig extends ProviderConfig {

  /** The site that answers; it is written to dead letters and candidates. */
  String siteId();

  /** Model files, and directories of model files. */
  List<Path> models();

  /**
   * Names this process among those of the group, and must stay the same over restarts: a process
   * takes over from the one of the same name that it replaces.
   */
  @WithDefault("0")
  String instance();

  /** The consumer group, in which every telemetry record is answered once. */
  @WithDefault("skerry-inference")
  String group();

  /**
   * Topics of telemetry. With {@code telemetry-overflow} alone this process runs in the cloud, and
   * answers what sites left to it.
   */
  @WithDefault("telemetry")
  List<String> topics();

  /**
   * Workers, each with clients of its own, 1 to 64. With two, one scores while the other waits for
   * its commit, which is most of a lone worker's time (tried: 1.3 times the records per second for
   * the same CPU per record). More than the topics have partitions stay idle.
   */
  @WithDefault("2")
  int workers();

  /**
   * {@code exactly-once}, or {@code at-least-once} for the lowest latency: answers are then seen as
   * soon as they are written, and those of a round that a crash cut off are written again.
   */
  @WithDefault("exactly-once")
  Guarantee guarantee();

  /**
   * How long a record may take from its append to its answer, 99 times of 100, while there is no
   * backlog: rounds are kept so small that it holds. Without it the models' own targets count, and
   * without those a round is all that was polled.
   */
  Optional<Duration> latencyTarget();

  /** Workers of their own for frames, so that these never delay readings. */
  Frames frames();

  /** What is left to the cloud while the site is behind; off as long as its share is 0. */
  OverflowConfig overflow();

  /** Models that come by the topic {@code models} while the process runs. */
  Releases releases();

  /** What becomes of records of a stream without a model: {@code dead-letter} or {@code ignore}. */
  @WithDefault("dead-letter")
  UnservedStreams.Rule unserved();

  /**
   * Detections go to this topic, and nothing else is written: to score history anew, by a group of
   * its own, beside the processor that answers.
   */
  Optional<String> rescoreTo();

  /**
   * Where history ends that is scored anew: the offset by partition, as {@code
   * rescore-until.telemetry-0}. Nothing at or behind it is read, nor any other partition. Without
   * it reading goes on with what comes.
   */
  Map<String, Long> rescoreUntil();

  /** The most records that a model scores in one run, 1 to 65536. */
  @WithDefault("512")
  int maxBatch();

  /** After how long with records polled and not committed a worker does not count as alive. */
  @WithDefault("PT60S")
  Duration stallTimeout();

  /** The keys under {@code inference.releases}. */
  interface Releases {

    /** Where verified releases are kept; without it none are taken. */
    Optional<Path> directory();

    /** Files with the public keys whose releases are trusted, and directories of such files. */
    Optional<List<Path>> trustedKeys();

    /** Ids of keys that are trusted no more, whoever signs with them. */
    Optional<List<String>> revokedKeys();

    /** Whether releases without any signature are taken, for development alone. */
    @WithDefault("false")
    boolean allowUnsigned();

    /** The class of this machine; releases may name the classes that they are for. */
    @WithDefault("cpu")
    String hardware();

    /** Releases with a larger file are not taken, 1 and up. */
    @WithDefault("1073741824")
    long maxModelBytes();

    /** How many former champions of a model are kept to go back to, 0 to 100. */
    @WithDefault("2")
    int keepFormer();
  }

  /** The keys under {@code inference.frames}. */
  interface Frames {

    /** Workers for frames, 0 to 64; they start where a model takes frames. */
    @WithDefault("1")
    int workers();

    /** Topics of frames. */
    @WithDefault("telemetry-frames")
    List<String> topics();

    /** The consumer group of these workers. */
    @WithDefault("skerry-inference-frames")
    String group();

    /**
     * The most frames of one poll, 1 to 1000: all answers of a poll may have to be held in memory
     * until they are sent, and a candidate holds its frame.
     */
    @WithDefault("32")
    int maxPollRecords();

    /** The most frames that a model scores in one run, 1 to 1024. */
    @WithDefault("16")
    int maxBatch();

    /** The most pixels that a frame may declare, 1 and up. */
    @WithDefault("16777216")
    long maxPixels();
  }
}
