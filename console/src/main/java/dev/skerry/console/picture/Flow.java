package dev.skerry.console.picture;

import java.util.Map;

/**
 * The flow through the site: what its parts are doing, and what runs between them.
 *
 * @param nodes by name
 * @param arrows by name
 */
record Flow(Map<String, Node> nodes, Map<String, Arrow> arrows) {

  /**
   * A part.
   *
   * @param health up, starting, down or unknown
   * @param detail for people
   */
  record Node(String health, String detail) {}

  /**
   * What runs from one part to the next.
   *
   * @param perSecond records
   * @param waiting records that have not been taken yet
   */
  record Arrow(double perSecond, long waiting) {}
}
