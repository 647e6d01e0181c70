package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.mqtt.packet.Packet.Publish;
import dev.skerry.ingest.mqtt.packet.Property;
import dev.skerry.ingest.mqtt.packet.ProtocolException;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The numbers that a client uses in place of topics, MQTT 5, 3.3.2.3.4. For one event loop. */
final class TopicAliases {

  /** How many a client may use; most devices have one stream or two. */
  static final int MAX = 16;

  private @Nullable String @Nullable [] topics;

  /** The message's topic, which its alias stands for or is given to. */
  String resolve(Publish publish) throws ProtocolException {
    OptionalLong alias = publish.properties().number(Property.TOPIC_ALIAS);
    if (alias.isEmpty()) {
      return publish.topic();
    }
    if (alias.getAsLong() > MAX) {
      throw new ProtocolException(
          ReasonCode.TOPIC_ALIAS_INVALID, "topic aliases go from 1 to " + MAX);
    }
    int slot = (int) alias.getAsLong() - 1;
    if (topics == null) {
      topics = new String[MAX];
    }
    if (!publish.topic().isEmpty()) {
      topics[slot] = publish.topic();
      return publish.topic();
    }
    String topic = topics[slot];
    if (topic == null) {
      throw new ProtocolException(
          ReasonCode.PROTOCOL_ERROR, "no topic was given to the alias " + (slot + 1));
    }
    return topic;
  }
}
