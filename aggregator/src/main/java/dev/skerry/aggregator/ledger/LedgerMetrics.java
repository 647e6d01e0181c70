package dev.skerry.aggregator.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the ledger counts of itself. A transaction that is aborted and tried again is counted again:
 * the truth is in the topics. Thread-safe.
 */
final class LedgerMetrics {

  private final Counter records;
  private final Counter foreign;
  private final Counter unknownSite;
  private final Counter unreadable;
  private final Counter pages;
  private final Counter corrections;

  LedgerMetrics(MeterRegistry metrics) {
    records = counter(metrics, "records", "Records that were counted");
    foreign = counter(metrics, "foreign.records", "Records at a site that bear another's name");
    unknownSite = counter(metrics, "unknown.site.records", "Records that name no site");
    unreadable = counter(metrics, "unreadable.entries", "Entries that are no ledger entries");
    pages = counter(metrics, "pages", "Pages that were given, corrections included");
    corrections = counter(metrics, "corrections", "Pages that replaced one that was closed");
  }

  void counted() {
    records.increment();
  }

  void foreignRecord() {
    foreign.increment();
  }

  void unknownSite() {
    unknownSite.increment();
  }

  void unreadableEntry() {
    unreadable.increment();
  }

  void page(boolean correction) {
    pages.increment();
    if (correction) {
      corrections.increment();
    }
  }

  private static Counter counter(MeterRegistry metrics, String name, String description) {
    return Counter.builder("skerry.ledger." + name).description(description).register(metrics);
  }
}
