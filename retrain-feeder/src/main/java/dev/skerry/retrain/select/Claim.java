package dev.skerry.retrain.select;

import dev.skerry.retrain.sketch.Fingerprint;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleReason;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;

/**
 * What a candidate says of itself to the selection: whose budget it wants, and what speaks for it.
 * Of what is true of it, or of the telemetry's attributes, it says nothing.
 *
 * @param siteId whose budget
 * @param deviceId whose share of it
 * @param stream what it is a sample of
 * @param label the class that the model gave it
 * @param uncertainty of the model, 0 to 1
 * @param audit whether it was drawn from all telemetry by chance
 * @param disagreement whether two models disagree on it
 * @param outOfRange whether the input is beyond what the model has seen
 * @param lot a number by chance, the same for the same candidate
 * @param fingerprint what its payload looks like
 */
record Claim(
    String siteId,
    String deviceId,
    String stream,
    String label,
    float uncertainty,
    boolean audit,
    boolean disagreement,
    boolean outOfRange,
    long lot,
    Fingerprint fingerprint) {

  private static final long MIX = 0x9E3779B97F4A7C15L;

  static Claim of(RetrainingSample candidate, Fingerprint fingerprint) {
    Detection answer = candidate.getDetection();
    float uncertainty = candidate.getUncertainty();
    return new Claim(
        answer.getSiteId(),
        answer.getDeviceId(),
        answer.getStream(),
        answer.getLabel(),
        uncertainty >= 0 ? Math.min(1, uncertainty) : 0, // No number counts as sure.
        candidate.getReasons().contains(SampleReason.RANDOM_AUDIT),
        candidate.getReasons().contains(SampleReason.DISAGREEMENT),
        candidate.getReasons().contains(SampleReason.OUT_OF_RANGE),
        lot(candidate.getSampleId()),
        fingerprint);
  }

  private static long lot(UUID sampleId) {
    // The finalizer of SplittableRandom (Steele, Lea and Flood 2014), over a hash already.
    long mixed = sampleId.getMostSignificantBits() + MIX * sampleId.getLeastSignificantBits();
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /**
   * What the model took it for.
   *
   * @param stream whose class
   * @param label the class
   */
  record OfClass(String stream, String label) {}

  OfClass ofClass() {
    return new OfClass(stream, label);
  }

  void write(DataOutputStream out) throws IOException {
    Binary.write(siteId, out);
    Binary.write(deviceId, out);
    Binary.write(stream, out);
    Binary.write(label, out);
    out.writeFloat(uncertainty);
    out.writeBoolean(audit);
    out.writeBoolean(disagreement);
    out.writeBoolean(outOfRange);
    out.writeLong(lot);
    Binary.write(fingerprint, out);
  }

  static Claim read(DataInputStream in) throws IOException {
    return new Claim(
        Binary.readText(in),
        Binary.readText(in),
        Binary.readText(in),
        Binary.readText(in),
        in.readFloat(),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean(),
        in.readLong(),
        Binary.readFingerprint(in));
  }
}
