package dev.skerry.ingest.mqtt.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** What follows a packet's fixed header, read from front to back. Not thread-safe. */
final class PacketBody {

  private final ByteBuffer bytes;

  /** Reads from the buffer's position to its limit, without copying it. */
  PacketBody(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.remaining();
  }

  int readByte(String what) throws ProtocolException {
    require(1, what);
    return bytes.get() & 0xFF;
  }

  int readShort(String what) throws ProtocolException {
    require(2, what);
    return bytes.getShort() & 0xFFFF;
  }

  long readInt(String what) throws ProtocolException {
    require(4, what);
    return bytes.getInt() & 0xFFFF_FFFFL;
  }

  /** A packet identifier, 1 to 65535. */
  int readPacketId() throws ProtocolException {
    int id = readShort("packet identifier");
    if (id == 0) {
      throw ProtocolException.error("the packet identifier is 0");
    }
    return id;
  }

  /** A number of one to four bytes with seven bits each. */
  int readVariableInt(String what) throws ProtocolException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = readByte(what);
      value |= (digit & 0x7F) << shift;
      if (digit < 0x80) {
        return value;
      }
    }
    throw ProtocolException.malformed(what + " is longer than four bytes");
  }

  byte[] readBinary(String what) throws ProtocolException {
    return take(readShort(what), what);
  }

  byte[] readRest() {
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return rest;
  }

  /** A part of the body of its own, for example a list of properties. */
  PacketBody readPart(int length, String what) throws ProtocolException {
    require(length, what);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return new PacketBody(part);
  }

  /** UTF-8 as the standard wants it: well formed and without U+0000. */
  String readString(String what) throws ProtocolException {
    byte[] encoded = readBinary(what);
    boolean ascii = true;
    for (byte b : encoded) {
      if (b == 0) {
        throw ProtocolException.malformed(what + " contains U+0000");
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return new String(encoded, ISO_8859_1);
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
    } catch (CharacterCodingException e) {
      throw ProtocolException.malformed(what + " is not UTF-8");
    }
  }

  void requireEnd(String packet) throws ProtocolException {
    if (bytes.hasRemaining()) {
      throw ProtocolException.malformed(
          packet + " has " + bytes.remaining() + " bytes more than it says");
    }
  }

  private byte[] take(int length, String what) throws ProtocolException {
    require(length, what);
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  private void require(int length, String what) throws ProtocolException {
    if (bytes.remaining() < length) {
      throw ProtocolException.malformed("the packet ends within its " + what);
    }
  }
}
