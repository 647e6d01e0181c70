package dev.skerry.retrain.select;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Lets the candidates of a round wait for its end and then takes those that are worth most, as far
 * as the budget goes. A round ends by the candidates' own time, or when none comes any more. What
 * waits, what was spent and what was taken are in stores that commit in the same transaction as the
 * samples: whatever is killed, no budget is passed and nothing is taken twice.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class Selection implements Processor<byte[], byte[], byte[], byte[]> {

  /** Candidates of other partitions may be a little behind. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final SelectRules rules;
  private final SelectMetrics metrics;
  private final SelectionView view;
  private final Ranking ranking;
  private ProcessorContext<byte[], byte[]> context;
  private DriftingStreams drifting;
  private Ledger ledger;
  private Budget budget;
  private SeenSamples seen;
  private Rounds rounds;
  private long lastArrivalMillis;

  /** The latest of the candidates' own times; the task's also follows the drift reports. */
  private long timeMillis;

  private Selection(SelectRules rules, SelectMetrics metrics, SelectionView view) {
    this.rules = rules;
    this.metrics = metrics;
    this.view = view;
    this.ranking = new Ranking(rules.lotShare());
  }

  /** The step with its own stores; that of the drift reports is to be connected to it. */
  static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      SelectRules rules, SelectMetrics metrics, SelectionView view) {
    return new ProcessorSupplier<>() {
      @Override
      public Selection get() {
        return new Selection(rules, metrics, view);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(Ledger.store(), SeenSamples.store(), Rounds.store());
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> initial) {
    context = initial;
    drifting = new DriftingStreams(context.getStateStore(DriftingStreams.STORE));
    ledger = new Ledger(context.getStateStore(Ledger.STORE));
    budget = new Budget(rules.limits(), ledger, drifting);
    seen = new SeenSamples(context.getStateStore(SeenSamples.STORE), rules.likeness());
    rounds = new Rounds(context.getStateStore(Rounds.STORE), rules.round(), this::drifts);
    lastArrivalMillis = context.currentSystemTimeMs();
    timeMillis = Long.MIN_VALUE;
    context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    context.schedule(
        FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> ledger.forgetBefore(shownTimeMillis()));
  }

  @Override
  public void process(Record<byte[], byte[]> candidate) {
    lastArrivalMillis = context.currentSystemTimeMs();
    timeMillis = Math.max(timeMillis, candidate.timestamp());
    Claim claim = ClaimHeaders.claim(candidate.headers());
    Optional<Refusal> before = ClaimHeaders.refusal(candidate.headers());
    if (before.isPresent()) {
      decided(claim, candidate.timestamp(), new Verdict.Refused(before.get()), 0);
    } else {
      letWait(
          new Waiting(
              claim,
              candidate.timestamp(),
              candidate.key(),
              ClaimHeaders.without(candidate.headers()),
              candidate.value()));
    }
    endRounds(timeMillis - GRACE.toMillis());
  }

  private void letWait(Waiting whole) {
    Claim claim = whole.claim();
    Contender candidate = Contender.of(whole, drifts(whole));
    if (seen.hasTheLikeOf(candidate)) {
      refuse(candidate, Refusal.NEAR_DUPLICATE);
      return;
    }
    Round round = rounds.of(claim, whole.appendMillis());
    Optional<Contender> like = round.theLikeOf(candidate, rules.likeness());
    if (like.isPresent() && like.get().information() >= candidate.information()) {
      refuse(candidate, Refusal.NEAR_DUPLICATE);
      return;
    }
    if (like.isPresent()) {
      rounds.remove(round, like.get());
      refuse(like.get(), Refusal.NEAR_DUPLICATE);
    }
    rounds.add(round, candidate, whole);
    for (Contender last : round.trim(rules.room(), ranking, standing(round))) {
      rounds.forget(last);
      refuse(last, Refusal.OUTRANKED);
    }
  }

  /** Ends rounds that no candidate will end, and shows how things stand. */
  private void look(long nowMillis) {
    long silentMillis = nowMillis - lastArrivalMillis;
    if (!rounds.isEmpty() && silentMillis >= rules.round().plus(GRACE).toMillis()) {
      endRounds(Long.MAX_VALUE);
    }
    view.show(ledger, shownTimeMillis());
  }

  private long shownTimeMillis() {
    return timeMillis > 0 ? timeMillis : Math.max(0, context.currentStreamTimeMs());
  }

  private void endRounds(long timeMillis) {
    for (Round round : rounds.endedBy(timeMillis)) {
      choose(round);
    }
  }

  private void choose(Round round) {
    Standing standing = standing(round);
    List<Contender> waiting = round.waiting();
    double partOver = partOver(round);
    while (!waiting.isEmpty()) {
      Ranking.Choice choice = ranking.next(waiting, standing);
      Contender candidate = waiting.remove(choice.index());
      Waiting whole = rounds.take(candidate);
      Verdict verdict = budget.decide(candidate, partOver);
      decided(candidate.claim(), candidate.appendMillis(), verdict, candidate.bytes());
      if (verdict instanceof Verdict.Admitted) {
        standing.take(candidate.claim(), choice.byLot());
        if (choice.byLot()) {
          ledger.pay(Ledger.lotHour(candidate.appendMillis(), round.siteId()), candidate.bytes());
        }
        seen.add(candidate);
        context.forward(
            new Record<>(whole.key(), whole.value(), whole.appendMillis(), whole.headers()));
      }
    }
  }

  /** How much of the round's minute is over by the time of the candidates, 0 to 1. */
  private double partOver(Round round) {
    long minuteStart = Math.floorDiv(round.startMillis(), MINUTE_MILLIS) * MINUTE_MILLIS;
    long seenUntil = Math.max(rounds.endMillis(round), timeMillis);
    return Math.min(1, (seenUntil - minuteStart) / (double) MINUTE_MILLIS);
  }

  private boolean drifts(Waiting candidate) {
    Claim claim = candidate.claim();
    return drifting.has(claim.siteId(), claim.stream(), candidate.appendMillis());
  }

  private Standing standing(Round round) {
    return new Standing(ledger, round.siteId(), round.startMillis());
  }

  private void refuse(Contender candidate, Refusal why) {
    decided(
        candidate.claim(), candidate.appendMillis(), new Verdict.Refused(why), candidate.bytes());
  }

  private void decided(Claim claim, long appendMillis, Verdict verdict, long bytes) {
    metrics.count(verdict, bytes);
    ledger.decided(claim, appendMillis, verdict, bytes);
  }
}
