package dev.skerry.ingest.mqtt;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the MQTT server can be told, under {@code gateway.mqtt}. */
public interface MqttConfig {

  /** Address to bind to. */
  @WithDefault("127.0.0.1")
  String host();

  /** Port to bind to; 0 takes any free one, -1 none at all. */
  @WithDefault("1883")
  int port();

  /** Connections at a time; the next one is told that the server is busy. */
  @WithDefault("12000")
  int maxConnections();

  /** How long a client may take from the connection to its CONNECT. */
  @WithDefault("PT10S")
  Duration connectTimeout();

  /** How long a client may take to send one packet. */
  @WithDefault("PT30S")
  Duration packetTimeout();

  /** The longest keep alive that is granted; a client that names none gets this one. */
  @WithDefault("PT15M")
  Duration maxKeepAlive();

  /** Messages at QoS 1 that a client may send without an acknowledgement. */
  @WithDefault("32")
  int receiveMaximum();

  /** Bytes of messages that may be there unanswered, of all connections together. */
  @WithDefault("67108864")
  long maxUnansweredBytes();

  /** Answers that wait for one slow subscriber; the oldest are dropped. */
  @WithDefault("64")
  int maxWaitingAnswers();

  /** Answers at QoS 1 that a subscriber may leave unacknowledged. */
  @WithDefault("16")
  int maxAnswersInFlight();
}
