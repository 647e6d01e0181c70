package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.require;
import static dev.skerry.schemas.release.ReleaseJson.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skerry.schemas.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sites take a release. Raising the percentage only adds sites. Immutable.
 *
 * @param sitePercent of all sites, 0 to 100, by a stable hash of their ids
 * @param sites sites that take it in any case
 * @param halted whether no further site takes it, whatever else is said
 * @param reason why, for people
 */
public record Rollout(
    @JsonProperty(required = true) String model,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) long issuedAtMillis,
    @JsonProperty(required = true) double sitePercent,
    @Nullable List<String> sites,
    @JsonProperty(required = true) boolean halted,
    @JsonProperty(required = true) String reason)
    implements Statement {

  static final int PART = -2;

  public Rollout {
    requireText(model, "model");
    requireText(version, "version");
    require(
        sitePercent >= 0 && sitePercent <= 100,
        "sitePercent",
        "must be from 0 to 100, not " + sitePercent);
    sites = sites == null ? List.of() : List.copyOf(sites);
  }

  /** Whether a site takes the release. */
  public boolean reaches(String siteId) {
    boolean isNamed = sites != null && sites.contains(siteId);
    return !halted
        && (isNamed || StableShare.of(siteId, StableShare.salt(release())) * 100 < sitePercent);
  }

  @Override
  public StatementKind kind() {
    return StatementKind.ROLLOUT;
  }

  @Override
  public int part() {
    return PART;
  }
}
