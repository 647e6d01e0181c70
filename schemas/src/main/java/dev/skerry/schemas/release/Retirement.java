package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.StatementKind;

/**
 * That no further site takes a release, and its chunks are gone; where it serves, it does until
 * something newer replaces it. Immutable.
 *
 * @param reason why, for people
 */
public record Retirement(
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) long issuedAtMillis,
    @JsonProperty(required = true) String reason)
    implements Statement {

  static final int PART = -3;

  public Retirement {
    requireText(model, "model");
    requireText(version, "version");
  }

  @Override
  public StatementKind kind() {
    return StatementKind.RETIREMENT;
  }

  @Override
  public int part() {
    return PART;
  }
}
