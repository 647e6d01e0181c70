package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.mqtt.Admission.Admitted;
import dev.skerry.ingest.mqtt.Admission.TurnedAway;
import dev.skerry.ingest.mqtt.packet.Packet;
import dev.skerry.ingest.mqtt.packet.Packet.Connect;
import dev.skerry.ingest.mqtt.packet.PacketDecoder;
import dev.skerry.ingest.mqtt.packet.PacketEncoder;
import dev.skerry.ingest.mqtt.packet.Properties;
import dev.skerry.ingest.mqtt.packet.Property;
import dev.skerry.ingest.mqtt.packet.ProtocolException;
import dev.skerry.ingest.mqtt.packet.ProtocolVersion;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import dev.skerry.schemas.topic.Topics;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket: packets come in from it and go out to it, as fast as what follows can take them. For
 * one event loop, but for {@link #later}.
 */
final class Connection implements PacketReader.Owner, Wire {

  /** The largest telemetry record, with room for what says so in MQTT. */
  static final int MAX_MESSAGE_BYTES = Topics.MAX_TELEMETRY_BYTES + (64 << 10);

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /** A client may take so long to close its side after it was told why ours closes. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Reception reception;
  private final NetSocket socket;
  private final Context context;
  private final PacketReader reader = new PacketReader(this, MAX_MESSAGE_BYTES);

  private Optional<Session> session = Optional.empty();
  private Optional<MemoryBudget.Request> memoryRequest = Optional.empty();
  private ProtocolVersion version = ProtocolVersion.V3_1_1;
  private long keepAliveNanos;
  private long lastHeardNanos = System.nanoTime();
  private long packetBeganNanos;
  private long endedNanos;
  private boolean isEnding;
  private boolean isPaused;
  private boolean gatewayStops;

  Connection(Reception reception, NetSocket socket, Context context) {
    this.reception = reception;
    this.socket = socket;
    this.context = context;
    socket.handler(this::read);
    socket.drainHandler(drained -> writeOn());
    socket.exceptionHandler(failure -> log.debug("A connection failed", failure));
  }

  /** The socket is gone. */
  void closed() {
    isEnding = true;
    if (isPaused) {
      isPaused = false;
      reception.metrics().halted().decrementAndGet();
    }
    memoryRequest.ifPresent(MemoryBudget.Request::cancel);
    memoryRequest = Optional.empty();
    reception.memory().release(reader.reservedBytes());
    session.ifPresent(open -> open.close(gatewayStops));
    session = Optional.empty();
  }

  /** Ends the connection because the gateway stops. */
  void shutDown() {
    gatewayStops = true;
    end(ReasonCode.SERVER_SHUTTING_DOWN, "The gateway stops");
    socket.close();
  }

  /** Looks whether the client still does what it must. */
  void check(long nowNanos) {
    long silentNanos = nowNanos - lastHeardNanos;
    if (isEnding) {
      if (nowNanos - endedNanos > LINGER_NANOS) {
        socket.close();
      }
    } else if (isPaused) {
      lastHeardNanos = nowNanos; // It is not heard because nobody listens.
      packetBeganNanos = nowNanos;
    } else if (session.isEmpty()) {
      if (silentNanos > reception.config().connectTimeout().toNanos()) {
        finish("no-connect");
      }
    } else if (silentNanos > keepAliveNanos) {
      end(ReasonCode.KEEP_ALIVE_TIMEOUT, "Nothing came within one and a half times keep alive");
    } else if (reader.isWithinPacket()
        && nowNanos - packetBeganNanos > reception.config().packetTimeout().toNanos()) {
      end(ReasonCode.UNSPECIFIED_ERROR, "A packet took too long");
    }
  }

  private void read(Buffer bytes) {
    if (isEnding) {
      return;
    }
    if (session.isPresent()) {
      lastHeardNanos = System.nanoTime();
    }
    boolean wasWithinPacket = reader.isWithinPacket();
    advance(() -> reader.read(bytes));
    if (reader.isWithinPacket() && !wasWithinPacket) {
      packetBeganNanos = System.nanoTime();
    }
  }

  @Override
  public void readOn() {
    if (!isEnding) {
      advance(reader::resume);
    }
  }

  /** Some bytes of the client's. */
  private interface Reading {
    void run() throws ProtocolException;
  }

  private void advance(Reading reading) {
    try {
      reading.run();
      pauseOrResume();
    } catch (ProtocolException e) {
      refuse(e);
    } catch (RuntimeException e) {
      reception.metrics().fault();
      log.error("A connection ends because of a fault of the gateway's", e);
      end(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR, "The gateway failed on this packet");
    }
  }

  private void pauseOrResume() {
    boolean pauses = !isEnding && (!reader.isDrained() || isHalted() || memoryRequest.isPresent());
    if (pauses == isPaused) {
      return;
    }
    isPaused = pauses;
    reception.metrics().halted().addAndGet(pauses ? 1 : -1);
    if (pauses) {
      socket.pause();
    } else {
      socket.resume();
    }
  }

  @Override
  public boolean isHalted() {
    return isEnding || !isWritable() || session.map(Session::isHalted).orElse(false);
  }

  @Override
  public boolean reserve(int bytes) throws ProtocolException {
    if (session.isEmpty()) {
      throw new ProtocolException(ReasonCode.PROTOCOL_ERROR, "the first packet is not CONNECT");
    }
    if (reception.memory().tryReserve(bytes)) {
      return true;
    }
    memoryRequest =
        Optional.of(reception.memory().reserveLater(bytes, () -> later(this::memoryIsReserved)));
    return false;
  }

  private void memoryIsReserved() {
    if (memoryRequest.isPresent()) {
      memoryRequest = Optional.empty();
      reader.memoryIsReserved();
      readOn();
    }
  }

  @Override
  public void take(int firstByte, ByteBuffer body) throws ProtocolException {
    int bytes = body.remaining();
    if (session.isEmpty()) {
      connect(PacketDecoder.connect(firstByte, body));
      return;
    }
    boolean taken = false;
    try {
      Packet packet = PacketDecoder.decode(firstByte, body, version);
      session.get().take(packet, bytes);
      taken = true;
    } finally {
      if (!taken && PacketDecoder.isPublish(firstByte)) {
        reception.memory().release(bytes);
      }
    }
  }

  private void connect(Connect connect) {
    version = connect.version();
    Admission.Decision decision =
        reception
            .admission()
            .judge(connect, PeerCertificate.of(socket), PeerCertificate.isLoopback(socket));
    if (decision instanceof TurnedAway away) {
      reception.metrics().connect(away.reason().word());
      Properties why = new Properties().with(Property.REASON_STRING, away.why());
      send(new PacketEncoder(version).connAck(away.reason(), why));
      finish("refused");
    } else if (decision instanceof Admitted admitted) {
      reception.metrics().connect("accepted");
      keepAliveNanos = TimeUnit.SECONDS.toNanos(admitted.keepAliveSeconds()) * 3 / 2;
      lastHeardNanos = System.nanoTime();
      Session opened = new Session(reception, this, version, admitted);
      session = Optional.of(opened);
      send(new PacketEncoder(version).connAck(ReasonCode.SUCCESS, terms(connect, admitted)));
      opened.open();
    }
  }

  private Properties terms(Connect connect, Admitted admitted) {
    Properties terms =
        new Properties()
            .with(Property.RECEIVE_MAXIMUM, reception.config().receiveMaximum())
            .with(Property.MAXIMUM_QOS, 1)
            .with(Property.MAXIMUM_PACKET_SIZE, MAX_MESSAGE_BYTES)
            .with(Property.TOPIC_ALIAS_MAXIMUM, TopicAliases.MAX)
            .with(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, 0)
            .with(Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0)
            .with(Property.SHARED_SUBSCRIPTION_AVAILABLE, 0);
    if (connect.clientId().isEmpty()) {
      terms.with(Property.ASSIGNED_CLIENT_IDENTIFIER, admitted.clientId());
    }
    if (connect.keepAliveSeconds() != admitted.keepAliveSeconds()) {
      terms.with(Property.SERVER_KEEP_ALIVE, admitted.keepAliveSeconds());
    }
    if (connect.properties().number(Property.SESSION_EXPIRY_INTERVAL).orElse(0) > 0) {
      terms.with(Property.SESSION_EXPIRY_INTERVAL, 0);
    }
    return terms;
  }

  /** The packet breaks the standard. */
  private void refuse(ProtocolException broken) {
    if (session.isPresent()) {
      end(broken.reason(), broken.explanation());
      return;
    }
    if (broken.reason() == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION) {
      send(new PacketEncoder(ProtocolVersion.V3_1_1).connAck(broken.reason(), Properties.none()));
    }
    finish("no-mqtt");
  }

  @Override
  public void send(byte[] packet) {
    if (!isEnding && packet.length > 0) {
      socket.write(Buffer.buffer(packet)); // A failure closes the socket, which is looked at.
    }
  }

  @Override
  public boolean isWritable() {
    return !socket.writeQueueFull();
  }

  @Override
  public void end(ReasonCode reason, String explanation) {
    if (isEnding) {
      return;
    }
    if (reason.isFailure()) {
      send(new PacketEncoder(version).disconnect(reason, explanation));
    }
    finish(reason.word());
  }

  /** Says no more; closes at once unless the client was told something that it is to read. */
  private void finish(String reason) {
    if (isEnding) {
      return;
    }
    log.debug("A connection ends: {}", reason);
    reception.metrics().disconnect(reason);
    isEnding = true;
    endedNanos = System.nanoTime();
    if (version == ProtocolVersion.V3_1_1) {
      socket.end();
    } else {
      pauseOrResume();
    }
  }

  private void writeOn() {
    session.ifPresent(Session::writeOn);
    readOn();
  }

  @Override
  public void later(Runnable task) {
    context.runOnContext(now -> task.run());
  }

  @Override
  public void after(long millis, Runnable task) {
    context.owner().setTimer(millis, timer -> task.run());
  }
}
