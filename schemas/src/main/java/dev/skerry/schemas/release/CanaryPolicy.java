package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.require;
import static dev.skerry.schemas.release.ReleaseJson.requireShare;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a site tries a release before it answers all devices. Immutable.
 *
 * @param deviceShare the share of devices that it answers while it is tried, 0 to 1; with 1 it
 *     answers all at once and nothing is compared
 * @param shadowShare the share of records that champion and canary both score, 0 to 1
 * @param minSamples how many of these there must be before it may be promoted, 1 and up
 * @param maxErrors the share of records on which it may fail though the champion does not, 0 to 1
 * @param maxSlowdown how many times as long as the champion it may take, more than 0
 */
public record CanaryPolicy(
    @JsonProperty(required = true) double deviceShare,
    @JsonProperty(required = true) double shadowShare,
    @JsonProperty(required = true) int minSamples,
    @JsonProperty(required = true) double maxErrors,
    @JsonProperty(required = true) double maxSlowdown) {

  /** A twentieth of the devices, a tenth of the records scored twice. */
  public static final CanaryPolicy DEFAULT = new CanaryPolicy(0.05, 0.1, 500, 0.01, 2);

  public CanaryPolicy {
    requireShare(deviceShare, "canary.deviceShare");
    requireShare(shadowShare, "canary.shadowShare");
    require(minSamples >= 1, "canary.minSamples", "must be 1 or more, not " + minSamples);
    requireShare(maxErrors, "canary.maxErrors");
    require(maxSlowdown > 0, "canary.maxSlowdown", "must be more than 0, not " + maxSlowdown);
  }

  /** The same for another share of the devices. */
  public CanaryPolicy withDeviceShare(double share) {
    return new CanaryPolicy(share, shadowShare, minSamples, maxErrors, maxSlowdown);
  }

  /** Whether it answers all devices at once. */
  public boolean isPromotedAtOnce() {
    return deviceShare >= 1;
  }
}
