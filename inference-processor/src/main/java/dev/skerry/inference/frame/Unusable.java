package dev.skerry.inference.frame;

import dev.skerry.schemas.DeadLetterReason;

/**
 * A frame that no model can be given.
 *
 * @param reason why, for machines
 * @param detail why, for people, in one sentence
 */
public record Unusable(DeadLetterReason reason, String detail)
    implements Surveyed, DecodedImage, Filled {

  static Unusable undecodable(String detail) {
    return new Unusable(DeadLetterReason.UNDECODABLE, detail);
  }
}
