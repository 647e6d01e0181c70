package dev.skerry.schemas.seal;

import java.nio.file.Path;
import java.util.List;

/**
 * With what a site seals its records.
 *
 * @param site its name
 * @param id of the fleet's key that it comes from
 * @param secret 256 bits
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record SiteKey(String site, int id, byte[] secret) {

  private static final String KIND = "skerry-site-key";

  /** Throws {@link InvalidKeyException}, which names the file, where it holds none. */
  public static SiteKey read(Path file) {
    KeyFile read = KeyFile.read(file, KIND, 2);
    try {
      return new SiteKey(read.words().get(0), Integer.parseInt(read.words().get(1)), read.secret());
    } catch (NumberFormatException e) {
      throw new InvalidKeyException(file + " has no number before its secret", e);
    }
  }

  /** What its file holds; a secret. */
  public String text() {
    return new KeyFile(KIND, List.of(site, Integer.toString(id)), secret).text();
  }

  @Override
  public String toString() {
    return KIND + " " + site + " " + id;
  }
}
