package dev.skerry.local.audit;

/**
 * Whether a mirrored topic is the same on both sides of the link, for what both still keep.
 *
 * @param topic its name
 * @param edge records at the edge
 * @param cloud records in the cloud
 * @param missing records of the edge that the cloud does not have
 * @param doubled records that the cloud has more often than the edge, or has alone
 * @param reordered partitions with the same records in another order
 */
public record MirrorReport(
    String topic, long edge, long cloud, long missing, long doubled, long reordered) {

  /** Record for record the same, in the same order. */
  public boolean addsUp() {
    return missing == 0 && doubled == 0 && reordered == 0 && edge == cloud;
  }
}
