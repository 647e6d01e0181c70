package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.require;
import static dev.skerry.schemas.release.ReleaseJson.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.StatementKind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is released: a model file by its hash, and how a site is to try it. Immutable.
 *
 * @param stream the stream that it answers
 * @param issuedAtMillis since the epoch; of two releases the later one is the newer
 * @param sha256 of the file, in hexadecimal digits
 * @param sizeBytes of the file, 1 and up
 * @param chunkBytes of each chunk but the last
 * @param contract what people want to know of the contract in the file
 * @param hardware the hardware classes that it is for; empty for all
 * @param canary how a site tries it
 * @param expected what its gate found it to do
 */
public record Manifest(
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) long issuedAtMillis,
    @JsonProperty(required = true) String sha256,
    @JsonProperty(required = true) long sizeBytes,
    @JsonProperty(required = true) int chunkBytes,
    @JsonProperty(required = true) ContractSummary contract,
    @Nullable List<String> hardware,
    @JsonProperty(required = true) CanaryPolicy canary,
    @JsonProperty(required = true) Expectation expected)
    implements Statement {

  /** The most chunks of a file. */
  public static final int MAX_CHUNKS = 1 << 16;

  static final int PART = 0;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public Manifest {
    requireText(model, "model");
    requireText(version, "version");
    requireText(stream, "stream");
    require(sha256 != null && SHA_256.matcher(sha256).matches(), "sha256", "must be 64 hex digits");
    require(sizeBytes > 0, "sizeBytes", "must be more than 0, not " + sizeBytes);
    require(chunkBytes > 0, "chunkBytes", "must be more than 0, not " + chunkBytes);
    require(
        chunks(sizeBytes, chunkBytes) <= MAX_CHUNKS,
        "chunkBytes",
        "make more than " + MAX_CHUNKS + " chunks");
    hardware = hardware == null ? List.of() : List.copyOf(hardware);
  }

  /** How many chunks the file has. */
  public int chunks() {
    return (int) chunks(sizeBytes, chunkBytes);
  }

  private static long chunks(long sizeBytes, int chunkBytes) {
    return (sizeBytes + chunkBytes - 1) / chunkBytes;
  }

  /** Where in the file a chunk begins. */
  public long offset(int chunk) {
    return (chunk - 1L) * chunkBytes;
  }

  /** How many bytes a chunk has, 1 to {@link #chunks}. */
  public int length(int chunk) {
    return (int) Math.min(chunkBytes, sizeBytes - offset(chunk));
  }

  /** Whether it is for machines of this class. */
  public boolean isFor(String hardwareClass) {
    return hardware == null || hardware.isEmpty() || hardware.contains(hardwareClass);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.MANIFEST;
  }

  @Override
  public int part() {
    return PART;
  }
}
