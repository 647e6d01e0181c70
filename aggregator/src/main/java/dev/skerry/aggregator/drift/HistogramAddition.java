package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.sum.DistinctCount;
import dev.skerry.aggregator.window.Addition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * How histograms add up; as bytes they are lengths, names and counts, and the devices' sketch.
 * Thread-safe.
 */
final class HistogramAddition implements Addition<Histograms> {

  @Override
  public Histograms zero() {
    return new Histograms();
  }

  @Override
  public void add(Histograms to, Histograms delta) {
    to.add(delta);
  }

  @Override
  public long count(Histograms sum) {
    return sum.records;
  }

  @Override
  public byte[] encode(Histograms sum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(sum.records);
      out.writeInt(sum.countsByName.size());
      for (Map.Entry<String, long[]> entry : sum.countsByName.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeInt(entry.getValue().length);
        for (long count : entry.getValue()) {
          out.writeLong(count);
        }
      }
      out.write(sum.devices.toBytes().array());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public Histograms decode(byte[] bytes) {
    Histograms sum = new Histograms();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      sum.records = in.readLong();
      int names = in.readInt();
      for (int i = 0; i < names; i++) {
        String name = in.readUTF();
        long[] counts = new long[in.readInt()];
        for (int bin = 0; bin < counts.length; bin++) {
          counts[bin] = in.readLong();
        }
        sum.countsByName.put(name, counts);
      }
      sum.devices.add(DistinctCount.of(ByteBuffer.wrap(in.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException("The bytes are no histograms", e);
    }
    return sum;
  }
}
