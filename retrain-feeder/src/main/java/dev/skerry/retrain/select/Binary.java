package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.retrain.sketch.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How what is kept in headers and stores is written. */
final class Binary {

  private static final int ABSENT = -1;

  private Binary() {}

  /** Writes something. */
  @FunctionalInterface
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads something. */
  @FunctionalInterface
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("What this part wrote ends too early", e);
    }
  }

  static void write(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == ABSENT ? null : in.readNBytes(length);
  }

  static void write(String text, DataOutputStream out) throws IOException {
    write(text.getBytes(UTF_8), out);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  static void write(Fingerprint fingerprint, DataOutputStream out) throws IOException {
    write(fingerprint.kind().name(), out);
    write(fingerprint.bytes(), out);
  }

  static Fingerprint readFingerprint(DataInputStream in) throws IOException {
    Fingerprint.Kind kind = Fingerprint.Kind.valueOf(readText(in));
    return new Fingerprint(kind, in.readNBytes(in.readInt()));
  }
}
