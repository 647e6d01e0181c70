package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.Set;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sites' pages as they arrived, from bytes. What is no page is logged and counted: the cloud
 * has no dead letters, and the window that it was meant for stays pending.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class ReadPages implements Processor<byte[], byte[], LedgerKey, LedgerEntry> {

  private static final Logger log = LoggerFactory.getLogger(ReadPages.class);

  private final AvroDecoder<LedgerEntry> decoder;
  private final LedgerMetrics metrics;
  private ProcessorContext<LedgerKey, LedgerEntry> context;

  ReadPages(WriterSchemas schemas, LedgerMetrics metrics) {
    this.decoder = new AvroDecoder<>(LedgerEntry.class, schemas);
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<LedgerKey, LedgerEntry> initial) {
    context = initial;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Decoded<LedgerEntry> decoded = record.value() == null ? null : decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<LedgerEntry> page) {
      LedgerEntry entry = page.value();
      context.forward(
          new Record<>(PageKey.of(entry).toAvro(LinkSide.EDGE), entry, record.timestamp()));
    } else if (decoded instanceof Decoded.NotYetKnown<LedgerEntry> unknown) {
      // Parking keeps such records back; it was the registry that went away since.
      log.warn("The task {} goes back to its last commit: {}", context.taskId(), unknown.detail());
      throw new TaskCorruptedException(Set.of(context.taskId()));
    } else {
      metrics.unreadableEntry();
      log.warn("Not a page of the ledger: {}", decoded == null ? "no value" : decoded);
    }
  }
}
