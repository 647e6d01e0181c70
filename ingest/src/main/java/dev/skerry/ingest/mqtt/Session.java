package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.body.Original;
import dev.skerry.ingest.body.Read;
import dev.skerry.ingest.intake.Arrival;
import dev.skerry.ingest.intake.Finding;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.ingest.intake.TracedIntake;
import dev.skerry.ingest.intake.Unread;
import dev.skerry.ingest.intake.Via;
import dev.skerry.ingest.mqtt.Admission.Admitted;
import dev.skerry.ingest.mqtt.packet.Packet;
import dev.skerry.ingest.mqtt.packet.Packet.Publish;
import dev.skerry.ingest.mqtt.packet.PacketEncoder;
import dev.skerry.ingest.mqtt.packet.Properties;
import dev.skerry.ingest.mqtt.packet.Property;
import dev.skerry.ingest.mqtt.packet.ProtocolException;
import dev.skerry.ingest.mqtt.packet.ProtocolVersion;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import dev.skerry.service.trace.Traces;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is between a client that has come in and the gateway, as long as the connection lasts; there
 * is none that outlasts it. For one event loop, but for {@link #takenOver}.
 */
final class Session {

  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final int MAX_REASON_CHARACTERS = 512;

  private final Reception reception;
  private final Wire wire;
  private final ProtocolVersion version;
  private final PacketEncoder encoder;
  private final Admitted client;
  private final Unanswered unanswered;
  private final Outbox outbox;
  private final Subscriptions subscriptions;
  private final TopicAliases aliases = new TopicAliases();
  private boolean willIsDue = true;

  Session(Reception reception, Wire wire, ProtocolVersion version, Admitted client) {
    this.reception = reception;
    this.wire = wire;
    this.version = version;
    this.encoder = new PacketEncoder(version);
    this.client = client;
    this.unanswered = new Unanswered(wire, reception.intake(), reception.memory(), this::answer);
    MqttConfig config = reception.config();
    this.outbox =
        new Outbox(
            wire,
            encoder,
            reception.metrics(),
            config.maxWaitingAnswers(),
            Math.min(config.maxAnswersInFlight(), client.receiveMaximum()),
            client.maxPacketBytes());
    this.subscriptions = new Subscriptions(reception.answers(), outbox, client.principal());
  }

  /** Enters the client, who loses the connection that it had before. */
  void open() {
    reception.clients().enter(client.key(), this).ifPresent(Session::takenOver);
  }

  /**
   * Takes a packet.
   *
   * @param bytes the memory that is reserved for it, where it is a message
   */
  void take(Packet packet, int bytes) throws ProtocolException {
    if (packet instanceof Publish publish) {
      publish(publish, bytes);
    } else if (packet instanceof Packet.PubAck acknowledgement) {
      outbox.acknowledged(acknowledgement.packetId());
    } else if (packet instanceof Packet.Subscribe subscribe) {
      wire.send(encoder.subAck(subscribe.packetId(), subscriptions.subscribe(subscribe.filters())));
    } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
      List<ReasonCode> answers = subscriptions.unsubscribe(unsubscribe.topicFilters());
      wire.send(encoder.unsubAck(unsubscribe.packetId(), answers));
    } else if (packet instanceof Packet.PingReq) {
      wire.send(encoder.pingResp());
    } else if (packet instanceof Packet.Disconnect disconnect) {
      willIsDue = disconnect.withWill();
      wire.end(ReasonCode.SUCCESS, "");
    } else {
      throw new ProtocolException(ReasonCode.PROTOCOL_ERROR, "CONNECT comes a second time");
    }
  }

  /** Whether so much is unanswered that no more is to be read. */
  boolean isHalted() {
    return unanswered.size() >= 2 * reception.config().receiveMaximum();
  }

  /** The client takes more again. */
  void writeOn() {
    outbox.sendAll();
  }

  /** The connection is gone. */
  void close(boolean gatewayStops) {
    reception.clients().leave(client.key(), this);
    subscriptions.cancelAll();
    unanswered.forgetUnsubmitted();
    if (willIsDue && !gatewayStops) {
      client.will().ifPresent(this::publishWill);
    }
  }

  private void takenOver() {
    wire.later(
        () -> wire.end(ReasonCode.SESSION_TAKEN_OVER, "The same client connected once more"));
  }

  private void publish(Publish publish, int bytes) throws ProtocolException {
    String topic = aliases.resolve(publish);
    requireTerms(publish);
    Unanswered.Entry entry = unanswered.add(publish.qos() == 0 ? 0 : publish.packetId(), bytes);
    if (publish.retain() && publish.payload().length == 0) {
      unanswered.settle(entry, new Outcome.Safe("cleared"));
    } else {
      deliver(entry, topic, publish.properties(), publish.payload());
    }
  }

  private void requireTerms(Publish publish) throws ProtocolException {
    if (publish.qos() > 1) {
      throw new ProtocolException(ReasonCode.QOS_NOT_SUPPORTED, "The highest QoS is 1");
    }
    if (version == ProtocolVersion.V5
        && publish.qos() == 1
        && unanswered.acknowledgeable() >= reception.config().receiveMaximum()) {
      throw new ProtocolException(
          ReasonCode.RECEIVE_MAXIMUM_EXCEEDED,
          "There are " + unanswered.acknowledgeable() + " messages unacknowledged already");
    }
  }

  private void deliver(
      Unanswered.Entry entry, String topic, Properties properties, byte[] payload) {
    TopicName name = TopicName.parse(topic);
    if (name instanceof TopicName.Foreign) {
      settle(entry, "foreign-topic", ReasonCode.TOPIC_NAME_INVALID, TopicName.FORMS);
    } else if (!client.principal().mayWriteAs(name.device())) {
      settle(
          entry,
          "not-yours",
          ReasonCode.NOT_AUTHORIZED,
          "the topic's device is not the one that this client is");
    } else {
      Read read = read(name, properties, payload);
      if (read instanceof Read.Understood understood) {
        Arrival arrival = new Arrival(client.principal(), Via.MQTT, understood.message());
        unanswered.submit(entry, inTrace(properties, intake -> intake.accept(arrival)));
      } else if (read instanceof Read.Unreadable unreadable) {
        refuse(entry, name, unreadable, MessageReader.original(name, properties, payload));
      }
    }
  }

  /** The same within the trace that the message names. */
  private Unanswered.Submission inTrace(Properties properties, Unanswered.Submission submission) {
    Traces traces = reception.traces();
    Optional<String> named = traces.areOn() ? properties.user(Traces.PARENT) : Optional.empty();
    return named
        .<Unanswered.Submission>map(
            parent -> intake -> submission.to(new TracedIntake(intake, traces, parent)))
        .orElse(submission);
  }

  private Read read(TopicName name, Properties properties, byte[] payload) {
    try {
      return reception.messages().read(name, properties, payload);
    } catch (RuntimeException e) {
      reception.metrics().fault();
      log.error("A message of MQTT cannot be read because of a fault of the gateway's", e);
      return new Read.Unreadable("", "", "The gateway failed on this message");
    }
  }

  /** Who can be told what is wrong is told; of whoever cannot, the message is kept. */
  private void refuse(
      Unanswered.Entry entry, TopicName name, Read.Unreadable unreadable, Original original) {
    String position = unreadable.position().isEmpty() ? "" : " (" + unreadable.position() + ")";
    Finding finding =
        new Finding(RefusalReason.UNREADABLE, unreadable.field(), unreadable.detail() + position);
    if (version == ProtocolVersion.V5 && entry.wantsAnswer()) {
      unanswered.settle(entry, Outcome.of(finding));
    } else {
      Unread unread = new Unread(Via.MQTT, name.device(), name.stream(), original, finding);
      unanswered.submit(entry, intake -> intake.keep(unread));
    }
  }

  private void settle(Unanswered.Entry entry, String word, ReasonCode reason, String detail) {
    unanswered.settle(entry, new Outcome.NotTaken(word, reason, detail));
  }

  private void publishWill(Packet.Will will) {
    reception.metrics().will("published");
    Unanswered.Entry entry = unanswered.add(0, 0);
    deliver(entry, will.topic(), will.properties(), will.payload());
  }

  private void answer(int packetId, Outcome outcome) {
    if (outcome instanceof Outcome.Safe safe) {
      reception.metrics().message(safe.word());
      acknowledge(packetId, ReasonCode.SUCCESS, "");
    } else if (outcome instanceof Outcome.NotTaken notTaken) {
      reception.metrics().message(notTaken.word());
      if (version == ProtocolVersion.V3_1_1 && notTaken.endsOldConnections()) {
        wire.end(notTaken.reason(), notTaken.detail());
      } else {
        acknowledge(packetId, notTaken.reason(), notTaken.detail());
      }
    } else if (outcome instanceof Outcome.Unknown unknown) {
      reception.metrics().message("unacknowledged");
      wire.end(ReasonCode.SERVER_BUSY, unknown.detail());
    }
  }

  private void acknowledge(int packetId, ReasonCode reason, String detail) {
    if (packetId == 0) {
      return;
    }
    Properties properties = new Properties();
    if (client.wantsReasons() && !detail.isEmpty()) {
      properties.with(
          Property.REASON_STRING,
          detail.substring(0, Math.min(detail.length(), MAX_REASON_CHARACTERS)));
    }
    byte[] packet = encoder.pubAck(packetId, reason, properties);
    boolean fits = packet.length <= client.maxPacketBytes();
    wire.send(fits ? packet : encoder.pubAck(packetId, reason, Properties.none()));
  }
}
