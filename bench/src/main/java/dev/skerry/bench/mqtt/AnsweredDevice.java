package dev.skerry.bench.mqtt;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/**
 * A device that sends over MQTT 3.1.1 at QoS 1 and hears its detections at QoS 0 on the same
 * connection. One thread sends; another one of its own hears.
 */
public final class AnsweredDevice implements AutoCloseable {

  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;

  private final Device device;
  private final AnswerTimes times;
  private final Socket socket;
  private final DataInputStream in;
  private final Thread listener;
  private volatile boolean closed;

  /** Connects and subscribes. */
  public AnsweredDevice(int port, String name, String stream, int values, AnswerTimes times) {
    this.device = new Device(name, stream, values);
    this.times = times;
    try {
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      socket.getOutputStream().write(device.connect());
      byte[] answer = packet(CONNACK);
      if (answer[1] != 0) {
        throw new IllegalStateException("The gateway refused " + name + ": code " + answer[1]);
      }
      socket.getOutputStream().write(device.subscribe());
    } catch (IOException e) {
      throw new UncheckedIOException("The device " + name + " cannot connect", e);
    }
    this.listener = new Thread(this::listen, "hears-" + name);
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Sends the next message.
   *
   * @param counting who waits for its answer, by whichever way; nobody where it does not count
   */
  public void send(AnswerTimes... counting) {
    long nowNanos = System.nanoTime();
    long sequence = device.nextSequence();
    for (AnswerTimes way : counting) {
      way.sent(device.name(), sequence, nowNanos);
    }
    try {
      socket.getOutputStream().write(device.publish());
    } catch (IOException e) {
      throw new UncheckedIOException("The device " + device.name() + " cannot send", e);
    }
  }

  private void listen() {
    try {
      while (!closed) {
        byte[] body = packet(PUBLISH);
        int topicBytes = ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
        times.answered(Arrays.copyOfRange(body, 2 + topicBytes, body.length));
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException("The device " + device.name() + " hears no more", e);
      }
    }
  }

  /** The body of the next packet of a type; others are passed over. */
  private byte[] packet(int type) throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7F) << shift;
        shift += 7;
      } while (digit > 0x7F);
      byte[] body = in.readNBytes(length);
      if (first >> 4 == type) {
        return body;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
  }
}
