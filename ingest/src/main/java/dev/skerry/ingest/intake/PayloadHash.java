package dev.skerry.ingest.intake;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * 64 bits of a record's bytes: two checksums of 32 bits with different polynomials, both computed
 * by the processor itself. It tells apart what one device sends with one sequence, so that nobody
 * but the device itself could gain by a collision.
 */
final class PayloadHash {

  private PayloadHash() {}

  static long of(byte[] bytes) {
    CRC32 first = new CRC32();
    first.update(bytes);
    CRC32C second = new CRC32C();
    second.update(bytes);
    return first.getValue() << 32 | second.getValue();
  }
}
