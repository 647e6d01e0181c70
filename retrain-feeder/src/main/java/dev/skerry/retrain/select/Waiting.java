package dev.skerry.retrain.select;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A candidate that waits, whole, as the store keeps it.
 *
 * @param claim what speaks for it
 * @param appendMillis when the edge appended it
 * @param key of the sample that it may become
 * @param headers of the sample
 * @param value of the sample
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record Waiting(Claim claim, long appendMillis, byte[] key, Headers headers, byte[] value) {

  byte[] encode() {
    return Binary.bytes(this::write);
  }

  static Waiting decode(byte[] stored) {
    return Binary.read(stored, Waiting::read);
  }

  private void write(DataOutputStream out) throws IOException {
    claim.write(out);
    out.writeLong(appendMillis);
    Binary.write(key, out);
    Header[] all = headers.toArray();
    out.writeInt(all.length);
    for (Header header : all) {
      Binary.write(header.key(), out);
      Binary.write(header.value(), out);
    }
    Binary.write(value, out);
  }

  private static Waiting read(DataInputStream in) throws IOException {
    Claim claim = Claim.read(in);
    long appendMillis = in.readLong();
    byte[] key = Objects.requireNonNull(Binary.readBytes(in));
    RecordHeaders headers = new RecordHeaders();
    for (int left = in.readInt(); left > 0; left--) {
      headers.add(Binary.readText(in), Binary.readBytes(in));
    }
    return new Waiting(
        claim, appendMillis, key, headers, Objects.requireNonNull(Binary.readBytes(in)));
  }
}
