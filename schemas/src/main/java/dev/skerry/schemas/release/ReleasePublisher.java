package dev.skerry.schemas.release;

import dev.skerry.schemas.SignedStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes releases to {@code models}: first the manifest, then the chunks of the file, last which
 * sites take it. What breaks off in between is no release, and may be published again. Not
 * thread-safe.
 */
public final class ReleasePublisher {

  /** Of a chunk; what wraps it is small, and the topic takes 1 MiB. */
  public static final int CHUNK_BYTES = 512 << 10;

  private static final int MOST_ON_THEIR_WAY = 16;

  private final Producer<byte[], byte[]> producer;
  private final Signer signer;
  private final ReleaseRecord.Writer writer = new ReleaseRecord.Writer();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /** Who signs statements. */
  @FunctionalInterface
  public interface Signer {

    SignedStatement sign(Statement statement);

    /** Signs nothing, for development. */
    static Signer none() {
      return statement ->
          new SignedStatement(
              statement.kind(), ByteBuffer.wrap(statement.toJson()), "", ByteBuffer.allocate(0));
    }
  }

  /**
   * A publisher.
   *
   * @param producer idempotent, with {@code acks=all}; the caller closes it
   */
  public ReleasePublisher(Producer<byte[], byte[]> producer, Signer signer) {
    this.producer = producer;
    this.signer = signer;
  }

  /**
   * Publishes a file.
   *
   * @throws UncheckedIOException where the file cannot be read, or is not as the manifest says
   * @throws KafkaException where the broker does not take it
   */
  public void publish(Manifest manifest, Path file, Rollout rollout) {
    send(writer.statement(manifest, signer.sign(manifest)));
    try (InputStream in = Files.newInputStream(file)) {
      for (int chunk = 1; chunk <= manifest.chunks(); chunk++) {
        byte[] data = in.readNBytes(manifest.length(chunk));
        if (data.length < manifest.length(chunk)) {
          throw new IOException("it is shorter than before");
        }
        send(writer.chunk(manifest, chunk, ByteBuffer.wrap(data)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + file + " cannot be read", e);
    }
    await();
    state(rollout);
  }

  /** Publishes a statement. */
  public void state(Statement statement) {
    send(writer.statement(statement, signer.sign(statement)));
    await();
  }

  /** Publishes that a release is retired, and empties its chunks. */
  public void retire(Retirement retirement, Manifest manifest) {
    state(retirement);
    for (int chunk = 1; chunk <= manifest.chunks(); chunk++) {
      send(writer.chunk(manifest, chunk, ByteBuffer.allocate(0)));
    }
    await();
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    if (sent.size() == MOST_ON_THEIR_WAY) {
      await();
    }
    sent.add(producer.send(record));
  }

  private void await() {
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException refused
          ? refused
          : new KafkaException("The broker did not take the release", e.getCause());
    } finally {
      sent.clear();
    }
  }
}
