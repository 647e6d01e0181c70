package dev.skerry.ingest.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A socket that says what the test wants it to. For one thread. */
final class RawClient implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;

  RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** One packet of at most 127 bytes or so: its first byte, then its body. */
  byte[] receive() throws IOException {
    int firstByte = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length > 0x7F) {
      length = (length & 0x7F) | (in.readUnsignedByte() << 7);
    }
    byte[] packet = new byte[length + 1];
    packet[0] = (byte) firstByte;
    in.readFully(packet, 1, length);
    return packet;
  }

  /** Waits until the server says something or closes, which it does to every CONNECT. */
  void awaitAnyAnswer() throws IOException {
    socket.shutdownOutput();
    int unused = in.read();
  }

  /** Whether the server has closed the connection; waits for it. */
  boolean isClosedByServer() throws IOException {
    try {
      while (in.read() >= 0) {
        // Whatever it had to say.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // Reset is closed as well.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
