package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.mqtt.packet.PacketDecoder;
import dev.skerry.ingest.mqtt.packet.ProtocolException;
import dev.skerry.ingest.mqtt.packet.ReasonCode;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * Cuts a connection's bytes into packets. It asks for the memory of a message before it takes its
 * first byte, and stops in the middle of what it was given where there is none, or where whoever
 * gets the packets says so. For one event loop.
 */
final class PacketReader {

  /** What is not a message is small: a topic filter or two, a will. */
  static final int MAX_CONTROL_BYTES = 64 << 10;

  private static final int MAX_LENGTH_DIGITS = 4;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Who gets the packets. */
  interface Owner {

    /** Takes the memory of a message, or false: it calls {@link #resume} when it has it. */
    boolean reserve(int bytes) throws ProtocolException;

    /**
     * Takes a packet, and with a message the memory that was reserved for it.
     *
     * @param body what follows the fixed header
     */
    void take(int firstByte, ByteBuffer body) throws ProtocolException;

    /** Whether it wants no more packets for now; it calls {@link #resume} when it does. */
    boolean isHalted();
  }

  private enum Part {
    FIRST_BYTE,
    LENGTH,
    MEMORY,
    BODY
  }

  private final Owner owner;
  private final int maxMessageBytes;

  private ByteBuffer chunk = NOTHING;
  private Part next = Part.FIRST_BYTE;
  private int firstByte;
  private int length;
  private int digits;
  private ByteBuffer body = NOTHING;

  PacketReader(Owner owner, int maxMessageBytes) {
    this.owner = owner;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Reads on with these bytes; only when {@link #isDrained}. */
  void read(Buffer bytes) throws ProtocolException {
    chunk = ByteBuffer.wrap(bytes.getBytes());
    resume();
  }

  /** Reads on in what is there. */
  void resume() throws ProtocolException {
    while (!owner.isHalted() && step()) {
      // Each step is one part of a packet.
    }
    if (!chunk.hasRemaining()) {
      chunk = NOTHING;
    }
  }

  /** The memory that was waited for is reserved. */
  void memoryIsReserved() {
    next = Part.BODY;
    body = ByteBuffer.allocate(length);
  }

  /** Whether all bytes that were given are read. */
  boolean isDrained() {
    return !chunk.hasRemaining();
  }

  /** Whether a packet has begun and is not complete. */
  boolean isWithinPacket() {
    return next != Part.FIRST_BYTE;
  }

  /** The memory reserved for a message that is not complete; 0 where there is none. */
  int reservedBytes() {
    return next == Part.BODY && PacketDecoder.isPublish(firstByte) ? length : 0;
  }

  private boolean step() throws ProtocolException {
    return switch (next) {
      case FIRST_BYTE -> readFirstByte();
      case LENGTH -> readLength();
      case MEMORY -> false;
      case BODY -> readBody();
    };
  }

  private boolean readFirstByte() {
    if (!chunk.hasRemaining()) {
      return false;
    }
    firstByte = chunk.get() & 0xFF;
    length = 0;
    digits = 0;
    next = Part.LENGTH;
    return true;
  }

  private boolean readLength() throws ProtocolException {
    if (!chunk.hasRemaining()) {
      return false;
    }
    int digit = chunk.get() & 0xFF;
    length |= (digit & 0x7F) << (7 * digits++);
    if (digit >= 0x80) {
      if (digits == MAX_LENGTH_DIGITS) {
        throw new ProtocolException(ReasonCode.MALFORMED_PACKET, "the packet's length has no end");
      }
      return true;
    }
    requireAdmitted();
    if (PacketDecoder.isPublish(firstByte) && !owner.reserve(length)) {
      next = Part.MEMORY;
      return false;
    }
    memoryIsReserved();
    return true;
  }

  private void requireAdmitted() throws ProtocolException {
    int most = PacketDecoder.isPublish(firstByte) ? maxMessageBytes : MAX_CONTROL_BYTES;
    if (length > most) {
      throw new ProtocolException(
          ReasonCode.PACKET_TOO_LARGE, "the packet has " + length + " bytes; " + most + " at most");
    }
  }

  private boolean readBody() throws ProtocolException {
    int taken = Math.min(body.remaining(), chunk.remaining());
    body.put(chunk.slice(chunk.position(), taken));
    chunk.position(chunk.position() + taken);
    if (body.hasRemaining()) {
      return false;
    }
    ByteBuffer whole = body.flip();
    body = NOTHING;
    next = Part.FIRST_BYTE;
    owner.take(firstByte, whole);
    return true;
  }
}
