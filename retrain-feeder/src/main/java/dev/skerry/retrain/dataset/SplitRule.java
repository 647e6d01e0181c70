package dev.skerry.retrain.dataset;

import dev.skerry.schemas.release.StableShare;

/**
 * Which device's samples are for what: by a hash of site and device, so that all samples of a
 * device are always on the same side, in this version and in every later one.
 *
 * @param validationShare the share of the devices that models are judged by, more than 0 and less
 *     than 1
 */
public record SplitRule(double validationShare) {

  private static final long SALT = 0x64617461736574L;

  public SplitRule {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "dataset.validation-share must be more than 0 and less than 1, not " + validationShare);
    }
  }

  /** What a device's samples are for. */
  public Split of(String siteId, String deviceId) {
    return StableShare.of(siteId + '\0' + deviceId, SALT) < validationShare
        ? Split.VALIDATION
        : Split.TRAIN;
  }
}
