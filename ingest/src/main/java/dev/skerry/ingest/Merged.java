package dev.skerry.ingest;

import dev.skerry.schemas.Telemetry;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Sources as one, in the order of their event times, each of which is in that order. Where times
 * are equal, the source named first comes first. Not thread-safe.
 */
final class Merged implements Iterator<Telemetry> {

  private record Head(int number, Iterator<Telemetry> source, Telemetry next) {}

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(
          Comparator.comparing((Head head) -> head.next().getEventTime())
              .thenComparing(Head::number));

  Merged(List<Iterator<Telemetry>> sources) {
    for (int number = 0; number < sources.size(); number++) {
      queue(number, sources.get(number));
    }
  }

  private void queue(int number, Iterator<Telemetry> source) {
    if (source.hasNext()) {
      heads.add(new Head(number, source, source.next()));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public Telemetry next() {
    Head head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException();
    }
    queue(head.number(), head.source());
    return head.next();
  }
}
