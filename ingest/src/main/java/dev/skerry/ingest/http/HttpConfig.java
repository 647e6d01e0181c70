package dev.skerry.ingest.http;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the listener for HTTP can be told: the keys under {@code gateway.http}. */
public interface HttpConfig {

  /** Address to bind to. */
  @WithDefault("127.0.0.1")
  String host();

  /** Port to bind to; 0 takes any free one, -1 listens on none. */
  @WithDefault("8082")
  int port();

  /** The largest body, 1 KiB to 4 MiB. */
  @WithDefault("4194304")
  int maxBodyBytes();

  /** The most messages of one body, 1 to 100000. */
  @WithDefault("10000")
  int maxBatch();

  /** The largest header, 1 KiB to 64 KiB. */
  @WithDefault("16384")
  int maxHeaderBytes();

  /** The most connections at a time; one more is closed at once. */
  @WithDefault("10000")
  int maxConnections();

  /** Bytes of bodies that may be under way, all together, 4 MiB and up. */
  @WithDefault("33554432")
  long maxReceivingBytes();

  /** After how long without a byte a connection is closed. */
  @WithDefault("PT60S")
  Duration idleTimeout();

  /** How long a client may take for one body. */
  @WithDefault("PT30S")
  Duration bodyTimeout();

  /** How long a client waits for Kafka's acknowledgement before it is told to ask again. */
  @WithDefault("PT15S")
  Duration answerTimeout();
}
