package dev.skerry.schemas.release;

import dev.skerry.schemas.ModelChunk;
import dev.skerry.schemas.ModelPartKey;
import dev.skerry.schemas.ModelRelease;
import dev.skerry.schemas.SignedStatement;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One record of the topic {@code models}. */
public sealed interface ReleaseRecord {

  /**
   * Something that is stated, not checked yet.
   *
   * @param place under which key it stands
   */
  record Stated(ModelPartKey place, SignedStatement signed) implements ReleaseRecord {}

  /**
   * A piece of a file, as anybody may have written it.
   *
   * @param number 1 to {@link Manifest#MAX_CHUNKS}
   * @param data empty where the release was retired
   */
  record Chunk(ReleaseId release, int number, ByteBuffer data) implements ReleaseRecord {}

  /**
   * Something else.
   *
   * @param reason why it says nothing, in one sentence
   */
  record Unreadable(String reason) implements ReleaseRecord {}

  /** Records from bytes. Not thread-safe. */
  final class Reader {
    private final AvroDecoder<ModelPartKey> keys = new AvroDecoder<>(ModelPartKey.class);
    private final AvroDecoder<ModelRelease> values = new AvroDecoder<>(ModelRelease.class);

    /** Reads one record; never throws for bad bytes. */
    public ReleaseRecord read(byte @Nullable [] key, byte @Nullable [] value) {
      if (key == null || value == null) {
        return new Unreadable("it has no " + (key == null ? "key" : "value"));
      }
      if (!(keys.decode(key) instanceof Decoded.Value<ModelPartKey> place)) {
        return new Unreadable("its key is not that of a part");
      }
      if (!(values.decode(value) instanceof Decoded.Value<ModelRelease> part)) {
        return new Unreadable("its value is not a part of a release that is known here");
      }
      return read(place.value(), part.value());
    }

    /** Reads a record by its value alone, which repeats its key. */
    public ReleaseRecord read(byte[] value) {
      if (!(values.decode(value) instanceof Decoded.Value<ModelRelease> part)) {
        return new Unreadable("it is not a part of a release that is known here");
      }
      ModelRelease found = part.value();
      return read(
          new ModelPartKey(found.getModel(), found.getModelVersion(), found.getPart()), found);
    }

    private static ReleaseRecord read(ModelPartKey place, ModelRelease part) {
      if (part.getContent() instanceof SignedStatement signed) {
        return new Stated(place, signed);
      }
      ModelChunk chunk = (ModelChunk) part.getContent();
      return place.getPart() > 0 && place.getPart() <= Manifest.MAX_CHUNKS
          ? new Chunk(
              new ReleaseId(place.getModel(), place.getModelVersion()),
              place.getPart(),
              chunk.getData())
          : new Unreadable("it holds a chunk under the part number " + place.getPart());
    }
  }

  /** Records to bytes. Not thread-safe. */
  final class Writer {
    private final AvroEncoder<ModelPartKey> keys = new AvroEncoder<>(ModelPartKey.class);
    private final AvroEncoder<ModelRelease> values = new AvroEncoder<>(ModelRelease.class);

    /** A statement with its signature. */
    public ProducerRecord<byte[], byte[]> statement(Statement statement, SignedStatement signed) {
      return record(statement.release(), statement.part(), signed);
    }

    /** A piece of a file; an empty one takes the place of what was there. */
    public ProducerRecord<byte[], byte[]> chunk(Manifest manifest, int number, ByteBuffer data) {
      return record(manifest.release(), number, new ModelChunk(manifest.chunks(), data));
    }

    private ProducerRecord<byte[], byte[]> record(ReleaseId release, int part, Object content) {
      return new ProducerRecord<>(
          Topics.MODELS.name(),
          keys.encode(new ModelPartKey(release.model(), release.version(), part)),
          values.encode(new ModelRelease(release.model(), release.version(), part, content)));
    }
  }
}
