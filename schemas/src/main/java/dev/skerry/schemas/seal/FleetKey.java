package dev.skerry.schemas.seal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * The secret from which the cloud makes the key of each site, so that it has to keep no list of
 * them. Who has it can write as any site.
 *
 * @param id tells it from its successor, 1 to 127; sites may go over one by one
 * @param secret 256 bits
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record FleetKey(int id, byte[] secret) {

  private static final String KIND = "skerry-fleet-key";

  /** Checks the id. */
  public FleetKey {
    if (id < 1 || id > Byte.MAX_VALUE) {
      throw new IllegalArgumentException("id is " + id + ": give 1 to " + Byte.MAX_VALUE);
    }
  }

  /** A new one. */
  public static FleetKey generate(int id) {
    byte[] secret = new byte[KeyFile.SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new FleetKey(id, secret);
  }

  /** Throws {@link InvalidKeyException}, which names the file, where it holds none. */
  public static FleetKey read(Path file) {
    KeyFile read = KeyFile.read(file, KIND, 1);
    try {
      return new FleetKey(Integer.parseInt(read.words().get(0)), read.secret());
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException(file + " has no id from 1 to 127", e);
    }
  }

  /** What its file holds; a secret. */
  public String text() {
    return new KeyFile(KIND, List.of(Integer.toString(id)), secret).text();
  }

  /** The key of a site, which says nothing of this one or of another site's. */
  public SiteKey of(String site) {
    return new SiteKey(site, id, new Mac256(secret).of("skerry-site-key " + id + " " + site));
  }

  @Override
  public String toString() {
    return KIND + " " + id;
  }
}
