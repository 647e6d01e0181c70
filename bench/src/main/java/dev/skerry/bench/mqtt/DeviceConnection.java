package dev.skerry.bench.mqtt;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a device, from its CONNECT to its end. For one thread. */
final class DeviceConnection {

  private static final int CONNACK = 0x20;
  private static final int PUBACK = 0x40;
  private static final int PINGRESP = 0xD0;

  private final Device device;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer in = ByteBuffer.allocate(256);
  private ByteBuffer out;
  private boolean isAccepted;
  private long acknowledged;
  private long outOfOrder;

  DeviceConnection(Device device, SocketAddress server, Selector selector) throws IOException {
    this.device = device;
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    this.out = ByteBuffer.wrap(device.connect());
    boolean isConnected = channel.connect(server);
    this.key =
        channel.register(
            selector, isConnected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
  }

  Device device() {
    return device;
  }

  /** Whether the gateway has accepted it. */
  boolean isAccepted() {
    return isAccepted;
  }

  /** Whether what was sent before has left. */
  boolean isIdle() {
    return isAccepted && !out.hasRemaining();
  }

  long acknowledged() {
    return acknowledged;
  }

  long outOfOrder() {
    return outOfOrder;
  }

  /** Sends; only when it {@link #isIdle}. */
  void send(byte[] packets) throws IOException {
    out = ByteBuffer.wrap(packets);
    write();
  }

  /** Does what the socket is ready for. */
  void proceed() throws IOException {
    if (key.isConnectable() && channel.finishConnect()) {
      write();
    }
    if (key.isValid() && key.isWritable()) {
      write();
    }
    if (key.isValid() && key.isReadable()) {
      read();
    }
  }

  void close() throws IOException {
    key.cancel();
    channel.close();
  }

  private void write() throws IOException {
    channel.write(out);
    key.interestOps(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
  }

  private void read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the gateway has closed the connection");
    }
    in.flip();
    while (in.remaining() >= 2 && in.remaining() >= 2 + in.get(in.position() + 1)) {
      int type = in.get() & 0xFF;
      int length = in.get();
      take(type, length);
    }
    in.compact();
  }

  private void take(int type, int length) throws IOException {
    int first = length > 0 ? in.get() & 0xFF : 0;
    int second = length > 1 ? in.get() & 0xFF : 0;
    switch (type) {
      case CONNACK -> {
        if (second != 0) {
          throw new IOException("the gateway refused the connection with code " + second);
        }
        isAccepted = true;
        send(device.publishAgain());
      }
      case PUBACK -> {
        if (device.acknowledge(first << 8 | second)) {
          acknowledged++;
        } else {
          outOfOrder++;
        }
      }
      case PINGRESP -> {
        // It is there.
      }
      default -> throw new IOException("the gateway sent a packet " + type);
    }
  }
}
