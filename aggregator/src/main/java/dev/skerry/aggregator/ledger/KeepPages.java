package dev.skerry.aggregator.ledger;

import dev.skerry.aggregator.clock.SourcePartition;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds partial sums up to pages and gives them out: at the edge when a window is over, for windows
 * without records too, so that a page that is missing is missed; in the cloud whenever one has
 * grown. What comes for a page that was given replaces it by one with a higher revision.
 *
 * <p>At the edge a window is over when the topic's append time has passed its end and the grace,
 * and also when all is read and the wall clock, which append time follows there, is far enough past
 * it. A page is marked as closed when it is given, and as open again when it grows.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class KeepPages implements Processor<LedgerKey, LedgerEntry, LedgerKey, LedgerEntry> {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final LedgerRules rules;
  private final BooleanSupplier inputFullyRead;
  private final LedgerMetrics metrics;
  private final Set<PageKey> open = new HashSet<>();
  private ProcessorContext<LedgerKey, LedgerEntry> context;
  private KeyValueStore<LedgerKey, LedgerEntry> pages;
  private PageClocks clocks;
  private EmptyWindows emptyWindows;

  KeepPages(LedgerRules rules, BooleanSupplier inputFullyRead, LedgerMetrics metrics) {
    this.rules = rules;
    this.inputFullyRead = inputFullyRead;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<LedgerKey, LedgerEntry> initial) {
    context = initial;
    pages = context.getStateStore(PageKeeping.PAGES);
    clocks =
        new PageClocks(context.getStateStore(PageKeeping.CLOCKS), rules.quietClose().toMillis());
    emptyWindows = new EmptyWindows(context.getStateStore(PageKeeping.CLOCKS));
    try (KeyValueIterator<LedgerKey, LedgerEntry> stored = pages.all()) {
      stored.forEachRemaining(page -> reopen(page.value));
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  private void reopen(LedgerEntry page) {
    if (!page.getClosed()) {
      open.add(PageKey.of(page));
    }
  }

  @Override
  public void process(Record<LedgerKey, LedgerEntry> partial) {
    PageKey key = PageKey.of(partial.value());
    if (rules.isEdge()) {
      clocks.hear(
          key.stream(),
          SourcePartition.of(partial.headers()),
          partial.value().getCountedAt().toEpochMilli(),
          context.currentSystemTimeMs());
    }
    LedgerEntry known = pages.get(partial.key());
    LedgerEntry page = known == null ? key.blank(rules.linkSide()) : known;
    Sum.of(partial.value()).addTo(page);
    page.setClosed(false);
    pages.put(partial.key(), page);
    open.add(key);
  }

  private void tick(long nowMillis) {
    if (rules.isEdge()) {
      followTime(nowMillis);
    }
    open.stream()
        .filter(page -> !rules.isEdge() || isOver(page, nowMillis))
        .sorted(Comparator.comparingLong(PageKey::startMillis))
        .toList()
        .forEach(page -> give(page, pages.get(page.toAvro(rules.linkSide())), nowMillis));
    if (rules.isEdge()) {
      Topics.ledgered().forEach(topic -> giveEmpty(own(topic), nowMillis));
    }
  }

  private void followTime(long nowMillis) {
    if (inputFullyRead.getAsBoolean()) {
      long passedMillis = nowMillis - rules.quietClose().toMillis();
      Topics.ledgered().forEach(topic -> clocks.closeThrough(own(topic), passedMillis, nowMillis));
    }
    clocks.advance(nowMillis);
  }

  private SiteTopic own(Topic topic) {
    return new SiteTopic(rules.siteId(), topic.name());
  }

  private boolean isOver(PageKey page, long nowMillis) {
    return page.endMillis() <= overThroughMillis(page.stream(), nowMillis);
  }

  private void giveEmpty(SiteTopic stream, long nowMillis) {
    long throughMillis = overThroughMillis(stream, nowMillis);
    for (PageKey key : emptyWindows.passed(stream, throughMillis)) {
      if (pages.get(key.toAvro(rules.linkSide())) == null) {
        give(key, key.blank(rules.linkSide()), nowMillis);
      }
    }
  }

  private void give(PageKey key, LedgerEntry page, long nowMillis) {
    metrics.page(/* correction= */ rules.isEdge() && page.getRevision() > 0);
    page.setRevision(page.getRevision() + 1);
    page.setClosed(true);
    page.setCountedAt(Instant.ofEpochMilli(nowMillis));
    LedgerKey avroKey = key.toAvro(rules.linkSide());
    pages.put(avroKey, page);
    open.remove(key);
    context.forward(new Record<>(avroKey, page, nowMillis));
  }

  /** Windows that end by then are over. */
  private long overThroughMillis(SiteTopic stream, long nowMillis) {
    long closedThrough = clocks.closedThroughMillis(stream, nowMillis);
    return closedThrough == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : closedThrough - rules.grace().toMillis();
  }

  private void forget(long nowMillis) {
    Instant before = Instant.ofEpochMilli(nowMillis).minus(rules.keep());
    try (KeyValueIterator<LedgerKey, LedgerEntry> stored = pages.all()) {
      while (stored.hasNext()) {
        KeyValue<LedgerKey, LedgerEntry> page = stored.next();
        if (page.value.getClosed() && page.value.getCountedAt().isBefore(before)) {
          pages.delete(page.key);
        }
      }
    }
  }
}
