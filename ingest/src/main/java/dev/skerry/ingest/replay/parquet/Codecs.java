package dev.skerry.ingest.replay.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Unpacks pages. */
final class Codecs {

  private Codecs() {}

  /** Throws {@link ParquetFormatException} where that is not possible here. */
  static byte[] unpack(CompressionCodec codec, byte[] packed, int unpackedBytes)
      throws IOException {
    byte[] unpacked =
        switch (codec) {
          case UNCOMPRESSED -> packed;
          case SNAPPY -> snappy(packed, unpackedBytes);
          case GZIP -> gzip(packed, unpackedBytes);
          case ZSTD -> zstd(packed, unpackedBytes);
          case LZO, BROTLI, LZ4, LZ4_RAW ->
              throw new ParquetFormatException(
                  "it is compressed with " + codec + "; write it with snappy, gzip, zstd or none");
        };
    if (unpacked.length != unpackedBytes) {
      throw damaged();
    }
    return unpacked;
  }

  private static byte[] snappy(byte[] packed, int unpackedBytes) throws IOException {
    if (Snappy.uncompressedLength(packed) != unpackedBytes) {
      throw damaged();
    }
    return Snappy.uncompress(packed);
  }

  private static byte[] gzip(byte[] packed, int unpackedBytes) throws IOException {
    try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return unpacking.readNBytes(unpackedBytes);
    }
  }

  private static byte[] zstd(byte[] packed, int unpackedBytes) throws IOException {
    byte[] unpacked = new byte[unpackedBytes];
    long length = Zstd.decompress(unpacked, packed);
    if (Zstd.isError(length) || length != unpackedBytes) {
      throw damaged();
    }
    return unpacked;
  }

  private static ParquetFormatException damaged() {
    return new ParquetFormatException("it is damaged: a page does not unpack to its length");
  }
}
