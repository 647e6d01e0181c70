package dev.skerry.local.control;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who carries out what is ordered. Thread-safe. */
public interface Orders extends AutoCloseable {

  /** How the link to the cloud is, in a word or two; none where there is none. */
  String link();

  /** Process ids of the parts that may be killed, by name. */
  Map<String, Long> parts();

  /** The orders that can be given now, as paths without the leading slash. */
  List<String> known();

  /**
   * Carries out an order.
   *
   * @param path one of {@link #known}
   * @return what was done, for people; empty for an order that there is not
   * @throws OrderRefusedException where it cannot be done, with the reason
   */
  Optional<String> give(String path) throws InterruptedException;

  /** Ends what an order began. */
  @Override
  void close();
}
