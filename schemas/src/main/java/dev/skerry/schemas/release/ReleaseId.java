package dev.skerry.schemas.release;

/**
 * One version of one model.
 *
 * @param model from its contract
 * @param version from its contract
 */
public record ReleaseId(String model, String version) {

  @Override
  public String toString() {
    return model + " " + version;
  }
}
