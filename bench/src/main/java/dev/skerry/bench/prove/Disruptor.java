package dev.skerry.bench.prove;

import dev.skerry.bench.link.Disruption;
import dev.skerry.bench.link.LinkBroker;
import dev.skerry.bench.link.LinkSite;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.topic.Side;
import java.util.concurrent.TimeUnit;

/** Carries out what a plan says. */
record Disruptor(LinkSite site, MirrorUnderTest mirror) {

  /** Returns when it was over, by {@link System#nanoTime}: the link back or the mirror killed. */
  long carryOut(Disruption disruption) throws InterruptedException {
    mirror.requireAlive();
    if (disruption instanceof Disruption.OfTheLink ofTheLink) {
      return carryOut(ofTheLink);
    }
    Disruption.OfABroker ofABroker = (Disruption.OfABroker) disruption;
    LinkBroker broker = ofABroker.side() == Side.EDGE ? site.edge() : site.cloud();
    broker.kill();
    TimeUnit.MILLISECONDS.sleep(ofABroker.lasts().toMillis());
    broker.startAgain();
    return System.nanoTime();
  }

  private long carryOut(Disruption.OfTheLink disruption) throws InterruptedException {
    long startNanos = System.nanoTime();
    long endNanos = startNanos + disruption.lasts().toNanos();
    long killNanos =
        startNanos
            + disruption.killAfter().map(after -> after.toNanos()).orElse(Long.MAX_VALUE / 2);
    site.link().set(disruption.condition());
    boolean isCut =
        disruption.condition() instanceof LinkCondition.Cut
            || disruption.condition() instanceof LinkCondition.Silent;
    if (isCut) {
      mirror.noteCut();
    }
    if (killNanos < endNanos) {
      sleepUntil(killNanos);
      mirror.kill();
    }
    sleepUntil(endNanos);
    site.link().set(new LinkCondition.Open());
    long overNanos = System.nanoTime();
    if (disruption.killAfter().isPresent() && killNanos >= endNanos) {
      sleepUntil(killNanos);
      mirror.kill();
      overNanos = System.nanoTime();
    }
    return overNanos;
  }

  private static void sleepUntil(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
  }
}
