package dev.skerry.bench.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Devices that connect, send at QoS 1 what is due, keep alive, and come back with what was not
 * acknowledged when their connection is lost. One thread drives them with {@link #run}; the counts
 * may be read by any.
 */
public final class DeviceFleet implements AutoCloseable {

  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String STREAM = "load";
  private static final int VALUES = 16;

  /** So many are between their start and the gateway's answer: what a listener's backlog takes. */
  private static final int CONNECTING_AT_A_TIME = 100;

  private final InetSocketAddress server;
  private final Selector selector;
  private final List<Device> devices = new ArrayList<>();
  private final int senders;
  private final Deque<Device> toConnect = new ArrayDeque<>();
  private final Deque<Lost> lost = new ArrayDeque<>();
  private final List<DeviceConnection> open = new ArrayList<>();
  private int connecting;
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong outOfOrder = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private volatile boolean sends;
  private volatile boolean isSending;
  private volatile boolean stops;

  private record Lost(Device device, long sinceNanos) {}

  /**
   * Connects nobody yet.
   *
   * @param idle devices that only stay connected
   * @param senders devices that send
   */
  public DeviceFleet(int port, int idle, int senders) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.senders = senders;
    for (int i = 0; i < senders; i++) {
      devices.add(new Device("busy-" + i, STREAM, VALUES));
    }
    for (int i = 0; i < idle; i++) {
      devices.add(new Device("idle-" + i, STREAM, VALUES));
    }
    toConnect.addAll(devices);
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many the gateway has accepted. */
  public int connected() {
    return connected.get();
  }

  public long acknowledged() {
    return acknowledged.get();
  }

  /** Acknowledgements of another message than the oldest. */
  public long outOfOrder() {
    return outOfOrder.get();
  }

  public long reconnects() {
    return reconnects.get();
  }

  /** Messages of which nobody knows yet whether they are safe. */
  public long unacknowledged() {
    return sent.get() - acknowledged.get();
  }

  /** Messages that were sent again on another connection; only when nothing is sent. */
  public long resent() {
    return devices.stream().mapToLong(Device::resent).sum();
  }

  /** How many different messages were sent. */
  public long sent() {
    return sent.get();
  }

  /** Whether no new message goes out and all are acknowledged. */
  public boolean isQuiet() {
    return !isSending && unacknowledged() == 0;
  }

  /** New messages go out from now on, or do not. */
  public void send(boolean on) {
    sends = on;
  }

  public void stop() {
    stops = true;
    selector.wakeup();
  }

  /** Drives all of them until {@link #stop}, with so many new messages a second, all together. */
  public void run(double messagesPerSecond) {
    try {
      long startNanos = System.nanoTime();
      long pingedNanos = startNanos;
      double due = 0;
      int next = 0;
      while (!stops) {
        selector.select(key -> proceed(key), 5);
        long nowNanos = System.nanoTime();
        connectSome(nowNanos);
        isSending = sends;
        due = isSending ? due + (nowNanos - startNanos) / 1e9 * messagesPerSecond : 0;
        startNanos = nowNanos;
        for (int tries = 0; due >= 1 && tries < open.size(); tries++) {
          next = (next + 1) % open.size();
          due -= sendNext(open.get(next)) ? 1 : 0;
        }
        due = Math.min(due, messagesPerSecond); // What was not sent in a second is not caught up.
        if (nowNanos - pingedNanos > PING_NANOS) {
          pingedNanos = nowNanos;
          pingAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void proceed(SelectionKey key) {
    DeviceConnection connection = (DeviceConnection) key.attachment();
    long before = connection.acknowledged();
    long disorderBefore = connection.outOfOrder();
    boolean wasAccepted = connection.isAccepted();
    try {
      connection.proceed();
      acknowledged.addAndGet(connection.acknowledged() - before);
      outOfOrder.addAndGet(connection.outOfOrder() - disorderBefore);
      if (connection.isAccepted() && !wasAccepted) {
        connecting--;
        connected.incrementAndGet();
        if (isSender(connection.device())) {
          open.add(connection);
        }
      }
    } catch (IOException e) {
      lose(connection, wasAccepted);
    }
  }

  private boolean isSender(Device device) {
    return senders > 0 && device.name().startsWith("busy-");
  }

  private void lose(DeviceConnection connection, boolean wasAccepted) {
    if (wasAccepted) {
      connected.decrementAndGet();
      open.remove(connection);
    } else {
      connecting--;
    }
    lost.add(new Lost(connection.device(), System.nanoTime()));
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connectSome(long nowNanos) throws IOException {
    while (!lost.isEmpty() && nowNanos - lost.peek().sinceNanos() > RECONNECT_NANOS) {
      toConnect.add(lost.remove().device());
      reconnects.incrementAndGet();
    }
    while (connecting < CONNECTING_AT_A_TIME && !toConnect.isEmpty()) {
      connecting++;
      DeviceConnection unusedYet = new DeviceConnection(toConnect.remove(), server, selector);
    }
  }

  private boolean sendNext(DeviceConnection connection) throws IOException {
    Device device = connection.device();
    if (!connection.isIdle() || device.unacknowledged() >= Device.MAX_UNACKNOWLEDGED) {
      return false;
    }
    sent.incrementAndGet();
    try {
      connection.send(device.publish());
    } catch (IOException e) {
      lose(connection, true);
    }
    return true;
  }

  private void pingAll() {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      DeviceConnection connection = (DeviceConnection) key.attachment();
      if (key.isValid() && connection.isIdle()) {
        try {
          connection.send(Device.PINGREQ);
        } catch (IOException e) {
          lose(connection, true);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      ((DeviceConnection) key.attachment()).close();
    }
    selector.close();
  }
}
