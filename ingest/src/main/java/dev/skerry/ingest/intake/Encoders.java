package dev.skerry.ingest.intake;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;

/** Records to bytes, with encoders of each thread's own. Thread-safe. */
final class Encoders {

  private static final ThreadLocal<AvroEncoder<Telemetry>> TELEMETRY =
      ThreadLocal.withInitial(() -> new AvroEncoder<>(Telemetry.class));

  private static final ThreadLocal<AvroEncoder<DeadLetter>> DEAD_LETTER =
      ThreadLocal.withInitial(() -> new AvroEncoder<>(DeadLetter.class));

  private Encoders() {}

  static byte[] encode(Telemetry telemetry) {
    return TELEMETRY.get().encode(telemetry);
  }

  static byte[] encode(DeadLetter letter) {
    return DEAD_LETTER.get().encode(letter);
  }
}
