package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lays the two sides' pages of each window beside each other, and says so whenever that says
 * something new. Pages come in any order; of several revisions the highest holds.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class CompareSides
    implements Processor<LedgerKey, LedgerEntry, CompletenessKey, Completeness> {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final LedgerRules rules;
  private final Unsettled unsettled;
  private final Arrivals arrivals;
  private ProcessorContext<CompletenessKey, Completeness> context;
  private KeyValueStore<LedgerKey, LedgerEntry> pages;
  private KeyValueStore<CompletenessKey, Completeness> judged;

  CompareSides(LedgerRules rules, Unsettled unsettled) {
    this.rules = rules;
    this.unsettled = unsettled;
    this.arrivals = new Arrivals(rules.patience().toMillis());
  }

  @Override
  public void init(ProcessorContext<CompletenessKey, Completeness> initial) {
    context = initial;
    pages = context.getStateStore(SideComparison.PAGES);
    judged = context.getStateStore(SideComparison.JUDGED);
    long nowMillis = context.currentSystemTimeMs();
    try (KeyValueIterator<CompletenessKey, Completeness> stored = judged.all()) {
      stored.forEachRemaining(each -> unsettled.put(pageOf(each.key), each.value, nowMillis));
    }
    try (KeyValueIterator<LedgerKey, LedgerEntry> stored = pages.all()) {
      stored.forEachRemaining(each -> noteArrival(each.value, nowMillis));
    }
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::judgePending);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  @Override
  public void process(Record<LedgerKey, LedgerEntry> record) {
    LedgerEntry page = record.value();
    long nowMillis = context.currentSystemTimeMs();
    noteArrival(page, nowMillis);
    LedgerEntry known = pages.get(record.key());
    if (known == null || known.getRevision() < page.getRevision()) {
      pages.put(record.key(), page);
      judge(PageKey.of(page), nowMillis, nowMillis);
    }
  }

  private void noteArrival(LedgerEntry page, long nowMillis) {
    if (page.getSide() == LinkSide.EDGE) {
      arrivals.page(page.getSiteId(), nowMillis);
    } else {
      arrivals.records(PageKey.of(page), nowMillis);
    }
  }

  private void judgePending(long nowMillis) {
    unsettled
        .pending()
        .forEach(
            (page, window) -> {
              if (arrivals.isOverdue(page, window.sinceMillis())) {
                judge(page, window.sinceMillis(), nowMillis);
              }
            });
  }

  private void judge(PageKey page, long heldSinceMillis, long nowMillis) {
    LedgerEntry edge = pages.get(page.toAvro(LinkSide.EDGE));
    LedgerEntry cloud = pages.get(page.toAvro(LinkSide.CLOUD));
    boolean overdue = arrivals.isOverdue(page, heldSinceMillis);
    Completeness now = Judgement.of(edge, cloud, overdue).toAvro(page, edge, cloud, nowMillis);
    CompletenessKey key = keyOf(page);
    if (isNews(judged.get(key), now)) {
      judged.put(key, now);
      unsettled.put(page, now, nowMillis);
      context.forward(new Record<>(key, now, nowMillis));
    }
  }

  /** While a window is pending, what has come meanwhile is none. */
  private static boolean isNews(@Nullable Completeness before, Completeness now) {
    return before == null
        || before.getVerdict() != now.getVerdict()
        || !Objects.equals(before.getEdgeHashSum(), now.getEdgeHashSum())
        || !Objects.equals(before.getEdgeCount(), now.getEdgeCount())
        || (now.getVerdict() != CompletenessVerdict.PENDING
            && (before.getCloudHashSum() != now.getCloudHashSum()
                || before.getCloudCount() != now.getCloudCount()));
  }

  /** Complete windows after a while, others when the site's page is gone from its topic too. */
  private void forget(long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    try (KeyValueIterator<CompletenessKey, Completeness> stored = judged.all()) {
      while (stored.hasNext()) {
        KeyValue<CompletenessKey, Completeness> each = stored.next();
        boolean complete = each.value.getVerdict() == CompletenessVerdict.COMPLETE;
        Duration kept = complete ? rules.keep() : Topics.LEDGER.retention();
        if (each.value.getJudgedAt().isBefore(now.minus(kept))) {
          forget(each.key);
        }
      }
    }
  }

  private void forget(CompletenessKey key) {
    PageKey page = pageOf(key);
    judged.delete(key);
    pages.delete(page.toAvro(LinkSide.EDGE));
    pages.delete(page.toAvro(LinkSide.CLOUD));
    unsettled.remove(page);
  }

  private static CompletenessKey keyOf(PageKey page) {
    return new CompletenessKey(
        page.stream().siteId(), page.stream().topic(), Instant.ofEpochMilli(page.startMillis()));
  }

  private static PageKey pageOf(CompletenessKey key) {
    return new PageKey(
        new SiteTopic(key.getSiteId(), key.getTopic()), key.getWindowStart().toEpochMilli());
  }
}
