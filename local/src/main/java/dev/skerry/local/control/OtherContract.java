package dev.skerry.local.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.model.ModelContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of a model file with another contract. The graph stays as it is: of what stands more than
 * once under a key of the metadata, the last holds.
 */
public final class OtherContract {

  private static final int METADATA_PROPS = 14;
  private static final int TEXT = 2;
  private static final int SEVEN_BITS = 0x7F;

  private OtherContract() {}

  /** Writes the copy, and returns where it is. */
  public static Path write(Path model, String contract, Path copy) throws IOException {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, 1, ModelContract.METADATA_KEY.getBytes(UTF_8));
    field(entry, 2, contract.getBytes(UTF_8));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(model));
    field(bytes, METADATA_PROPS, entry.toByteArray());
    return Files.write(copy, bytes.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write((number << 3) | TEXT);
    int length = bytes.length;
    while (length > SEVEN_BITS) {
      out.write((length & SEVEN_BITS) | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(bytes);
  }
}
