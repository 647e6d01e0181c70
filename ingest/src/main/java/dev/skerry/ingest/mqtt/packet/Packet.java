package dev.skerry.ingest.mqtt.packet;

import java.util.List;
import java.util.Optional;

/** What a client sends. Arrays are handed over, not copied: whoever holds a packet owns them. */
public sealed interface Packet {

  /**
   * The first packet of a connection.
   *
   * @param clientId empty where the server is to choose one
   * @param keepAliveSeconds 0 where the client names none
   */
  record Connect(
      ProtocolVersion version,
      boolean cleanStart,
      int keepAliveSeconds,
      String clientId,
      Optional<Will> will,
      Optional<String> userName,
      Optional<byte[]> password,
      Properties properties)
      implements Packet {}

  /** What the server publishes when the connection ends without a DISCONNECT. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares wills.
  record Will(String topic, byte[] payload, int qos, boolean retain, Properties properties) {}

  /**
   * A message.
   *
   * @param topic empty where the topic alias stands for it
   * @param packetId 0 at QoS 0
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares messages.
  record Publish(
      String topic,
      int qos,
      boolean retain,
      boolean duplicate,
      int packetId,
      Properties properties,
      byte[] payload)
      implements Packet {}

  /** The client has a message of the server's. */
  record PubAck(int packetId) implements Packet {}

  /** Asks for messages. */
  record Subscribe(int packetId, List<Filter> filters) implements Packet {}

  /** One topic filter with the highest QoS wanted. */
  record Filter(String topicFilter, int qos) {}

  /** Asks for messages no longer. */
  record Unsubscribe(int packetId, List<String> topicFilters) implements Packet {}

  /** Shows that the client is there. */
  record PingReq() implements Packet {}

  /**
   * Ends the connection in order.
   *
   * @param withWill whether the will is to be published all the same
   */
  record Disconnect(boolean withWill) implements Packet {}
}
