package dev.skerry.producer;

/**
 * Who sends.
 *
 * @param site where the device stands
 * @param device its name
 * @param bootEpoch rises with each start
 */
record Origin(String site, String device, long bootEpoch) {

  Origin {
    if (site.isBlank()) {
      throw new IllegalArgumentException("site is missing; name the site where the device stands");
    }
    if (device.isBlank()) {
      throw new IllegalArgumentException("device is missing; name this device");
    }
  }
}
