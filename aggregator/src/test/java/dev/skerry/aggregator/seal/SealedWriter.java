package dev.skerry.aggregator.seal;

import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.seal.SealingInterceptor;
import dev.skerry.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** A site's producer as far as seals go. */
public final class SealedWriter {

  private final SealingInterceptor interceptor = new SealingInterceptor();

  /** One that has the key of a site of the fleet. */
  public SealedWriter(FleetKey fleet, String site, Path dir) {
    try {
      Path file = Files.writeString(dir.resolve(site + ".key"), fleet.of(site).text());
      interceptor.configure(Map.of(SealingInterceptor.KEY_FILE, file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The headers with which it writes a record. */
  public Headers headers(Topic topic, byte[] key, byte[] value) {
    return interceptor.onSend(new ProducerRecord<>(topic.name(), key, value)).headers();
  }
}
