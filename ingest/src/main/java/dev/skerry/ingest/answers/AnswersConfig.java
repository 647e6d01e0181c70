package dev.skerry.ingest.answers;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What becomes of detections at the gateway: the keys under {@code gateway.answers}. */
public interface AnswersConfig {

  /** To devices that have subscribed to {@code detections/DEVICE}. */
  Filter mqtt();

  /** To web servers. */
  Webhook webhook();

  /** Which detections are passed on; without any of these, all are. */
  interface Filter {

    /** Only those with one of these labels. */
    Optional<List<String>> labels();

    /** None with one of these labels, for example those of healthy machines. */
    Optional<List<String>> exceptLabels();

    /** Only those of these streams. */
    Optional<List<String>> streams();

    /** Only those at least so sure, 0 to 1. */
    @WithDefault("0")
    float minConfidence();
  }

  /** A detection is posted as JSON to each of the addresses. */
  interface Webhook extends Filter {

    /** Where to post to, http or https; each address is served for itself. */
    Optional<List<URI>> urls();

    /** A file with the secret that signs what is posted. */
    Optional<Path> secretFile();

    /** How long an address may take to answer. */
    @WithDefault("PT5S")
    Duration timeout();

    /** Posts under way to one address at a time, each of other devices. */
    @WithDefault("8")
    int lanes();

    /** Detections that wait in memory for one address; the others wait in Kafka. */
    @WithDefault("1000")
    int maxWaiting();

    /** The longest pause between two tries. */
    @WithDefault("PT1M")
    Duration maxBackOff();

    /** Detections older than this are passed over and counted; without it, none are. */
    Optional<Duration> maxAge();
  }
}
