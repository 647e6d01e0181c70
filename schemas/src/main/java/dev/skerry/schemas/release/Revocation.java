package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.StatementKind;

/**
 * That a release must serve no longer, anywhere; sites go back to what served before. Immutable.
 *
 * @param reason why, for people
 */
public record Revocation(
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) long issuedAtMillis,
    @JsonProperty(required = true) String reason)
    implements Statement {

  static final int PART = -1;

  public Revocation {
    requireText(model, "model");
    requireText(version, "version");
  }

  @Override
  public StatementKind kind() {
    return StatementKind.REVOCATION;
  }

  @Override
  public int part() {
    return PART;
  }
}
