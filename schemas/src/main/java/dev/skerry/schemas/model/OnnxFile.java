package dev.skerry.schemas.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands beside the graph in an .onnx file (the message ModelProto of onnx.proto), read
 * without loading the graph. Immutable.
 *
 * @param irVersion of the format
 * @param producer what wrote the file
 * @param opsets version of each set of operators; that of ONNX itself has an empty name
 * @param metadata texts by their keys
 * @param sizeBytes of the file
 * @param sha256 of the file, in hexadecimal digits
 */
public record OnnxFile(
    long irVersion,
    String producer,
    SortedMap<String, Long> opsets,
    SortedMap<String, String> metadata,
    long sizeBytes,
    String sha256) {

  private static final int IR_VERSION = 1;
  private static final int PRODUCER_NAME = 2;
  private static final int PRODUCER_VERSION = 3;
  private static final int OPSET_IMPORT = 8;
  private static final int METADATA = 14;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  /** Reads a file; throws {@link InvalidContractException} for one that is no ONNX model. */
  public static OnnxFile read(Path file) {
    MessageDigest digest = sha256Digest();
    try (InputStream in =
        new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), digest))) {
      ProtoReader model = new ProtoReader(in, Files.size(file));
      long irVersion = 0;
      String producer = "";
      SortedMap<String, Long> opsets = new TreeMap<>();
      SortedMap<String, String> metadata = new TreeMap<>();
      while (model.next()) {
        switch (model.field()) {
          case IR_VERSION -> irVersion = model.number();
          case PRODUCER_NAME -> producer = text(model);
          case PRODUCER_VERSION -> producer = (producer + " " + text(model)).strip();
          case OPSET_IMPORT -> addOpset(model.message(), opsets);
          case METADATA -> addMetadata(model.message(), metadata);
          default -> model.skip();
        }
      }
      if (irVersion == 0 || opsets.isEmpty()) {
        throw new InvalidContractException("The model " + file + " is no ONNX model");
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new OnnxFile(irVersion, producer, opsets, metadata, Files.size(file), sha256);
    } catch (ProtoReader.MalformedException e) {
      throw new InvalidContractException(
          "The model " + file + " is no ONNX model that can be run: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("The model " + file + " cannot be read", e);
    }
  }

  /**
   * The contract in the file.
   *
   * @throws InvalidContractException where there is none that could be served
   */
  public ModelContract contract() {
    String json = metadata.get(ModelContract.METADATA_KEY);
    if (json == null) {
      throw new InvalidContractException(
          "its metadata has no "
              + ModelContract.METADATA_KEY
              + ", which says what it takes and gives");
    }
    return ModelContract.fromJson(json);
  }

  private static void addOpset(ProtoReader opset, SortedMap<String, Long> opsets)
      throws IOException {
    String domain = "";
    long version = 0;
    while (opset.next()) {
      switch (opset.field()) {
        case FIRST -> domain = text(opset);
        case SECOND -> version = opset.number();
        default -> opset.skip();
      }
    }
    opsets.put(domain, version);
  }

  private static void addMetadata(ProtoReader entry, SortedMap<String, String> metadata)
      throws IOException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case FIRST -> key = text(entry);
        case SECOND -> value = text(entry);
        default -> entry.skip();
      }
    }
    metadata.put(key, value);
  }

  private static String text(ProtoReader reader) throws IOException {
    return new String(reader.bytes(), StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
