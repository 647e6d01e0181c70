package dev.skerry.schemas.model;

import java.util.List;

/** How the parts of a contract refuse what cannot be served: by the name of the field. */
final class Rule {

  private Rule() {}

  static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new InvalidContractException(ModelContract.METADATA_KEY + ": " + field + " " + rule);
    }
  }

  static void requireText(String text, String field) {
    require(!text.isBlank(), field, "must not be empty");
  }

  static void requireShare(float value, String field) {
    require(value >= 0 && value <= 1, field, "must be from 0 to 1, not " + value);
  }

  static void requireBetween(long value, long fromInclusive, long toInclusive, String field) {
    require(
        value >= fromInclusive && value <= toInclusive,
        field,
        "must be from " + fromInclusive + " to " + toInclusive + ", not " + value);
  }

  static void requireFinite(List<Float> values, String field) {
    for (float value : values) {
      require(Float.isFinite(value), field, "must be numbers, not " + value);
    }
  }
}
