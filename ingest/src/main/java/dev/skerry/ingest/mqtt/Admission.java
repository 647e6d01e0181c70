package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.auth.Authenticator;
import dev.skerry.ingest.auth.Credentials;
import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.auth.Verdict;
import dev.skerry.ingest.mqtt.packet.Packet.Connect;
import dev.skerry.ingest.mqtt.packet.Packet.Will;
import dev.skerry.ingest.mqtt.packet.Property;
import dev.skerry.ingest.mqtt.packet.ProtocolVersion;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;

/** Decides who comes in, and on which terms. Thread-safe. */
final class Admission {

  private static final int MAX_CLIENT_ID_CHARACTERS = 256;
  private static final int MOST_UNACKNOWLEDGED = 0xFFFF;

  /** What a CONNECT comes to. */
  sealed interface Decision {}

  /**
   * It comes in.
   *
   * @param keepAliveSeconds after one and a half times this without a packet it is gone
   * @param will what to publish when it is gone, where that is telemetry
   */
  record Admitted(
      Principal principal,
      String clientId,
      int keepAliveSeconds,
      int receiveMaximum,
      long maxPacketBytes,
      boolean wantsReasons,
      Optional<Will> will)
      implements Decision {

    ConnectedClients.Key key() {
      return new ConnectedClients.Key(
          principal instanceof Principal.Device device ? device.deviceId() : "", clientId);
    }
  }

  /** It stays out. */
  record TurnedAway(ReasonCode reason, String why) implements Decision {}

  private final MqttConfig config;
  private final Authenticator authenticator;
  private final MqttMetrics metrics;

  Admission(MqttConfig config, Authenticator authenticator, MqttMetrics metrics) {
    this.config = config;
    this.authenticator = authenticator;
    this.metrics = metrics;
  }

  /** Judges a CONNECT by what it says and by where it comes from. */
  Decision judge(Connect connect, Optional<X509Certificate> certificate, boolean loopback) {
    if (metrics.connections().get() > config.maxConnections()) {
      return new TurnedAway(ReasonCode.SERVER_BUSY, "There are too many connections; try later");
    }
    if (connect.properties().text(Property.AUTHENTICATION_METHOD).isPresent()) {
      return new TurnedAway(
          ReasonCode.BAD_AUTHENTICATION_METHOD,
          "Authentication methods are not known here; use a certificate or a token as password");
    }
    Optional<TurnedAway> badId = badClientId(connect);
    if (badId.isPresent()) {
      return badId.get();
    }
    if (connect.version() == ProtocolVersion.V5
        && connect.will().filter(w -> w.qos() > 1).isPresent()) {
      return new TurnedAway(ReasonCode.QOS_NOT_SUPPORTED, "The highest QoS is 1, for wills too");
    }
    Optional<String> token = connect.password().map(bytes -> new String(bytes, UTF_8));
    Verdict verdict =
        authenticator.judge(new Credentials(certificate, connect.userName(), token, loopback));
    if (verdict instanceof Verdict.Denied denied) {
      return new TurnedAway(
          token.isPresent() ? ReasonCode.BAD_USER_NAME_OR_PASSWORD : ReasonCode.NOT_AUTHORIZED,
          denied.why());
    }
    return withWill(connect, ((Verdict.Admitted) verdict).principal());
  }

  private static Optional<TurnedAway> badClientId(Connect connect) {
    boolean needsOne = connect.version() == ProtocolVersion.V3_1_1 && !connect.cleanStart();
    if (connect.clientId().isEmpty() && needsOne) {
      return Optional.of(
          new TurnedAway(
              ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "A session needs a client identifier"));
    }
    if (connect.clientId().length() > MAX_CLIENT_ID_CHARACTERS) {
      return Optional.of(
          new TurnedAway(
              ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
              "A client identifier has " + MAX_CLIENT_ID_CHARACTERS + " characters at most"));
    }
    return Optional.empty();
  }

  private Decision withWill(Connect connect, Principal principal) {
    if (connect.will().isEmpty()) {
      return admit(connect, principal, Optional.empty());
    }
    TopicName topic = TopicName.parse(connect.will().get().topic());
    if (topic instanceof TopicName.Foreign) {
      metrics.will("ignored");
      return admit(connect, principal, Optional.empty());
    }
    if (!principal.mayWriteAs(topic.device())) {
      return new TurnedAway(
          ReasonCode.NOT_AUTHORIZED, "The will's topic is that of another device");
    }
    return admit(connect, principal, connect.will());
  }

  private Admitted admit(Connect connect, Principal principal, Optional<Will> will) {
    return new Admitted(
        principal,
        connect.clientId().isEmpty() ? "skerry-" + UUID.randomUUID() : connect.clientId(),
        keepAliveSeconds(connect.keepAliveSeconds()),
        (int) connect.properties().number(Property.RECEIVE_MAXIMUM).orElse(MOST_UNACKNOWLEDGED),
        connect.properties().number(Property.MAXIMUM_PACKET_SIZE).orElse(Long.MAX_VALUE),
        connect.properties().number(Property.REQUEST_PROBLEM_INFORMATION).orElse(1) == 1,
        will);
  }

  private int keepAliveSeconds(int wanted) {
    int most = (int) Math.min(0xFFFF, config.maxKeepAlive().toSeconds());
    return wanted == 0 || wanted > most ? most : wanted;
  }
}
