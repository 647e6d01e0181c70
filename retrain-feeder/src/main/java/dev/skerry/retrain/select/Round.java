package dev.skerry.retrain.select;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The candidates of one site that wait for the end of one round, no two of them alike, and no more
 * than have room: at most twice as many as {@code mostRecords}, or as {@code mostBytes} of values
 * and one more. Belongs to one stream task.
 */
final class Round {

  private final String siteId;
  private final long startMillis;
  private final List<Contender> waiting = new ArrayList<>();
  private long bytes;

  Round(String siteId, long startMillis) {
    this.siteId = siteId;
    this.startMillis = startMillis;
  }

  String siteId() {
    return siteId;
  }

  long startMillis() {
    return startMillis;
  }

  List<Contender> waiting() {
    return waiting;
  }

  void add(Contender candidate) {
    waiting.add(candidate);
    bytes += candidate.bytes();
  }

  void remove(Contender candidate) {
    waiting.remove(candidate);
    bytes -= candidate.bytes();
  }

  /** One that waits and looks like this candidate of the same device and class, or is the same. */
  Optional<Contender> theLikeOf(Contender candidate, Likeness likeness) {
    return waiting.stream().filter(other -> isLike(other, candidate, likeness)).findFirst();
  }

  private static boolean isLike(Contender one, Contender other, Likeness likeness) {
    if (one.claim().lot() == other.claim().lot()) {
      return true;
    }
    return one.isOfTheSameKind(other)
        && likeness.holds(
            one.claim().fingerprint(),
            other.claim().fingerprint(),
            one.appendMillis() - other.appendMillis());
  }

  /** Sends away the last in order where too many wait, and returns them. */
  List<Contender> trim(Room room, Ranking ranking, Standing standing) {
    if (waiting.size() <= 2L * room.records() && bytes <= 2 * room.bytes()) {
      return List.of();
    }
    Set<Contender> kept = new HashSet<>();
    long keptBytes = 0;
    for (Contender candidate : ranking.order(waiting, standing)) {
      boolean fits = kept.isEmpty() || keptBytes + candidate.bytes() <= room.bytes();
      if (fits && kept.size() < room.records()) {
        kept.add(candidate);
        keptBytes += candidate.bytes();
      }
    }
    List<Contender> sentAway = new ArrayList<>();
    for (Iterator<Contender> all = waiting.iterator(); all.hasNext(); ) {
      Contender candidate = all.next();
      if (!kept.contains(candidate)) {
        all.remove();
        sentAway.add(candidate);
      }
    }
    bytes = keptBytes;
    return sentAway;
  }

  /**
   * How many may wait.
   *
   * @param records 1 and up; at times twice as many wait
   * @param bytes of their values; at times twice as many wait, and one candidate more
   */
  record Room(int records, long bytes) {}
}
