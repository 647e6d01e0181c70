package dev.skerry.ingest.publish;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.MqttConnectionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One device's connection and its records in their order: some are unacknowledged, the others wait.
 * A connection that is lost, or on which an acknowledgement is overdue, is made anew, and what was
 * not acknowledged goes first. Thread-safe.
 */
final class MqttDevice {

  static final int MAX_UNACKNOWLEDGED = 16;

  private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int MAX_PACKET_ID = 0xFFFF;
  private static final Set<MqttConnectReturnCode> DENIALS =
      Set.of(
          MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
          MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED,
          MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);

  private final Vertx vertx;
  private final MqttClientOptions options;
  private final String host;
  private final int port;
  private final Underway underway;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final Map<Integer, Sent> unacknowledged = new LinkedHashMap<>();
  private final Backoff backoff = new Backoff();
  private @Nullable MqttClient client;
  private boolean connected;
  private boolean closed;
  private int packetId;

  private record Sent(Outgoing record, long nanos) {}

  MqttDevice(Vertx vertx, MqttClientOptions options, String host, int port, Underway underway) {
    this.vertx = vertx;
    this.options = options;
    this.host = host;
    this.port = port;
    this.underway = underway;
  }

  synchronized void add(Outgoing record) {
    waiting.add(record);
    publishWaiting();
  }

  synchronized void connect() {
    if (closed) {
      return;
    }
    MqttClient next = MqttClient.create(vertx, new MqttClientOptions(options));
    client = next;
    next.publishCompletionHandler(id -> acknowledged(next, id));
    next.closeHandler(closing -> lost(next, "the connection was closed"));
    next.connect(port, host)
        .onSuccess(accepted -> accepted(next))
        .onFailure(failure -> refused(next, failure));
  }

  /** Whether an acknowledgement is overdue is looked at now and then. */
  void look() {
    MqttClient overdue;
    synchronized (this) {
      Sent oldest = unacknowledged.isEmpty() ? null : unacknowledged.values().iterator().next();
      overdue =
          oldest != null && System.nanoTime() - oldest.nanos() > OVERDUE_NANOS ? client : null;
    }
    if (overdue != null) {
      var unusedClosing = overdue.disconnect();
      lost(overdue, "no acknowledgement came in time");
    }
  }

  synchronized void close() {
    closed = true;
    if (client != null && connected) {
      var unusedClosing = client.disconnect();
    }
  }

  private synchronized void accepted(MqttClient which) {
    if (which == client) {
      connected = true;
      backoff.reset();
      publishWaiting();
    }
  }

  private void refused(MqttClient which, Throwable failure) {
    if (failure instanceof MqttConnectionException answer && DENIALS.contains(answer.code())) {
      underway.fail("refuses the device " + options.getClientId() + ": " + answer.code());
      return;
    }
    lost(which, "it cannot be reached: " + failure.getMessage());
  }

  private void publishWaiting() {
    MqttClient current = client;
    while (connected
        && current != null
        && !waiting.isEmpty()
        && unacknowledged.size() < MAX_UNACKNOWLEDGED) {
      Outgoing record = waiting.remove();
      packetId = packetId % MAX_PACKET_ID + 1;
      unacknowledged.put(packetId, new Sent(record, System.nanoTime()));
      current
          .publish(
              packetId,
              "telemetry/" + record.device() + "/" + record.stream() + "/avro",
              Buffer.buffer(record.bytes()),
              MqttQoS.AT_LEAST_ONCE,
              /* isDup= */ false,
              /* isRetain= */ false)
          .onFailure(failure -> lost(current, "it cannot be written to: " + failure.getMessage()));
    }
  }

  private synchronized void acknowledged(MqttClient which, int id) {
    Sent sent = which == client ? unacknowledged.remove(id) : null;
    if (sent != null) {
      underway.acknowledged(sent.record());
      publishWaiting();
    }
  }

  /** Once for each connection: what is unacknowledged goes first on the next one. */
  private synchronized void lost(MqttClient which, String why) {
    if (which != client || closed) {
      return;
    }
    client = null;
    connected = false;
    List<Sent> again = new ArrayList<>(unacknowledged.values());
    unacknowledged.clear();
    for (int i = again.size() - 1; i >= 0; i--) {
      waiting.addFirst(again.get(i).record());
    }
    if (!waiting.isEmpty()) {
      underway.again(again.size(), waiting.element(), why);
    }
    vertx.setTimer(backoff.next().toMillis(), timer -> connect());
  }
}
