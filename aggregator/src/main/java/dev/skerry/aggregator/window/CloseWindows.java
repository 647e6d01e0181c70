package dev.skerry.aggregator.window;

import dev.skerry.aggregator.clock.SourcePartition;
import dev.skerry.aggregator.clock.StreamClock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Merges partial sums into windows of every length and gives each out once, when it closes:
 *
 * <ul>
 *   <li>when its stream's event time has passed its end and the grace ({@link StreamClock}); or
 *   <li>when its stream is quiet, all input is read, and the wall clock has passed its end and the
 *       grace: the end of a replay, a silent device.
 * </ul>
 *
 * What comes for a closed window goes out at once as a late delta. A window that lies in the future
 * (a device with a fast clock) goes out as a late delta as soon as nothing was added to it for as
 * long as it lasts: it waits for no clock, and its own final result, if its time comes, is still to
 * come. So for every key, final result and late deltas together are the detections, exactly.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class CloseWindows<S> implements Processor<WindowKey, S, WindowKey, Closed<S>> {

  private static final Duration TICK = Duration.ofMillis(200);

  private final WindowRules rules;
  private final Addition<S> addition;
  private final Windows<S> windows;
  private final BooleanSupplier inputFullyRead;
  private final WindowMetrics metrics;
  private final OpenWindows<S> openWindows;
  private ProcessorContext<WindowKey, Closed<S>> context;
  private HeldSums<S> open;
  private StreamClocks clocks;

  CloseWindows(Windows<S> windows, WindowMetrics metrics) {
    this.windows = windows;
    this.rules = windows.rules();
    this.addition = windows.addition();
    this.inputFullyRead = windows.inputFullyRead();
    this.openWindows = windows.openWindows();
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<WindowKey, Closed<S>> initial) {
    context = initial;
    long nowMillis = context.currentSystemTimeMs();
    open = context.getStateStore(windows.open());
    open.load(nowMillis);
    clocks =
        new StreamClocks(context.getStateStore(windows.clocks()), rules.quietClose().toMillis());
    open.keys().forEach(key -> clocks.of(key.stream(), nowMillis));
    openWindows.join(context.taskId().partition());
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<WindowKey, S> partial) {
    long nowMillis = context.currentSystemTimeMs();
    StreamClock clock = clocks.of(partial.key().stream(), nowMillis);
    if (SourcePartition.isNamed(partial.headers())) {
      clock.hear(SourcePartition.of(partial.headers()), partial.timestamp(), nowMillis);
    } else {
      clock.hearSomething(nowMillis);
    }
    for (Duration size : rules.sizes()) {
      add(partial.key().within(size.toMillis()), partial, clock, nowMillis);
    }
  }

  private void add(WindowKey key, Record<WindowKey, S> partial, StreamClock clock, long nowMillis) {
    if (isClosed(key, clock)) {
      giveOutLate(key, partial.value(), nowMillis);
    } else {
      addition.add(open.grow(key, partial.timestamp(), nowMillis), partial.value());
    }
  }

  private void tick(long nowMillis) {
    List<WindowKey> keys = open.keys();
    boolean fullyRead = inputFullyRead.getAsBoolean();
    clocks.forEach(
        (stream, clock) -> {
          boolean advanced = clock.advance(nowMillis);
          boolean ranOut =
              fullyRead
                  && clock.isQuiet(nowMillis)
                  && clock.closeThrough(latestOver(keys, stream, nowMillis));
          if (advanced || ranOut) {
            clocks.save(stream, clock);
          }
        });
    keys.forEach(key -> giveOutIfDue(key, nowMillis));
    openWindows.answer(context.taskId().partition(), open);
  }

  @Override
  public void close() {
    openWindows.leave(context.taskId().partition());
  }

  /** The latest closing time among a stream's windows that the wall clock has passed. */
  private long latestOver(List<WindowKey> keys, StreamId stream, long nowMillis) {
    return keys.stream()
        .filter(key -> key.stream().equals(stream) && closesAt(key) <= nowMillis)
        .mapToLong(this::closesAt)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private void giveOutIfDue(WindowKey key, long nowMillis) {
    if (isClosed(key, clocks.of(key.stream(), nowMillis))) {
      S sum = open.release(key).sum();
      metrics.finalResult();
      context.forward(new Record<>(key, new Closed<>(sum, false), nowMillis));
    } else if (isFuture(key, nowMillis)
        && open.untouchedMillis(key, nowMillis) >= key.sizeMillis()) {
      giveOutLate(key, open.release(key).sum(), nowMillis);
    }
  }

  private void giveOutLate(WindowKey key, S delta, long nowMillis) {
    metrics.lateDelta(key.sizeMillis() == rules.smallestMillis() ? addition.count(delta) : 0);
    context.forward(new Record<>(key, new Closed<>(delta, true), nowMillis));
  }

  private boolean isClosed(WindowKey key, StreamClock clock) {
    return closesAt(key) <= clock.closedThroughMillis();
  }

  private boolean isFuture(WindowKey key, long nowMillis) {
    return key.startMillis() > nowMillis + rules.maxAhead().toMillis();
  }

  private long closesAt(WindowKey key) {
    return key.endMillis() + rules.graceMillis();
  }
}
