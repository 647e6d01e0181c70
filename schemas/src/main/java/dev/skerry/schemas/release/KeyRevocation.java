package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.require;
import static dev.skerry.schemas.release.ReleaseJson.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.StatementKind;

/**
 * That nothing which a key has signed counts any more. A key revokes itself alone: otherwise
 * whoever steals one could revoke the others. Immutable.
 *
 * @param model empty
 * @param version the key's id
 * @param reason why, for people
 */
public record KeyRevocation(
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) long issuedAtMillis,
    @JsonProperty(required = true) String reason)
    implements Statement {

  static final int PART = -4;

  public KeyRevocation {
    require(model != null && model.isEmpty(), "model", "must be empty");
    requireText(version, "version");
  }

  /** Of the key that signs it. */
  public KeyRevocation(String keyId, long issuedAtMillis, String reason) {
    this("", keyId, issuedAtMillis, reason);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.KEY_REVOCATION;
  }

  @Override
  public int part() {
    return PART;
  }
}
