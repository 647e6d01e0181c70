package dev.skerry.ingest.body;

import java.util.List;

/**
 * What a body says.
 *
 * @param batch whether it may hold many messages, each of which is answered for itself
 * @param messages in the order of the body; one that could not be read stands for a whole body of
 *     which not even the parts could be told apart, which is then no batch
 */
public record Body(boolean batch, List<Read> messages) {

  /** One message, or what is wrong with the whole body. */
  static Body of(Read read) {
    return new Body(false, List.of(read));
  }
}
