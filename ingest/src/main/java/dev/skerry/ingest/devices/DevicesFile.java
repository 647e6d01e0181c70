package dev.skerry.ingest.devices;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skerry.ingest.auth.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a devices file, YAML or JSON, strictly: whatever is not understood is an error. */
final class DevicesFile {

  private final Fields fields;
  private boolean admitsUnknown;
  private @Nullable Map<String, StreamRule> streams;
  private final Map<String, DeviceEntry> devices = new HashMap<>();
  private final Map<String, DeviceEntry> byPrefix = new HashMap<>();
  private final Map<TokenHash, String> deviceByToken = new HashMap<>();

  private DevicesFile(Fields fields) {
    this.fields = fields;
  }

  /** Throws {@link DevicesException} that names the line and the field. */
  static Devices read(Path file) throws DevicesException {
    try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
      Fields fields = new Fields(file, parser);
      DevicesFile read = new DevicesFile(fields);
      if (parser.nextToken() == null) {
        throw new DevicesException(file + " is empty; it must say devices and streams");
      }
      fields.each("", read::top);
      if (parser.nextToken() != null && parser.currentToken() != JsonToken.NOT_AVAILABLE) {
        throw fields.wrong("", "a second document follows; keep one");
      }
      return new Devices(
          read.admitsUnknown, Optional.ofNullable(read.streams), read.devices, read.byPrefix);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new DevicesException(
          file + ", line " + line + ": this is no YAML: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new DevicesException("The devices file " + file + " cannot be read: " + e, e);
    }
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private void top(String name, String path) throws IOException, DevicesException {
    switch (name) {
      case "unknownDevices" -> admitsUnknown = admits(path);
      case "streams" -> {
        Map<String, StreamRule> read = new HashMap<>();
        fields.each(path, (stream, at) -> read.put(stream, new StreamFields(fields).read(at)));
        streams = read;
      }
      case "devices" -> fields.each(path, this::device);
      default -> throw fields.wrong(path, "is unknown; there are unknownDevices, streams, devices");
    }
  }

  private boolean admits(String path) throws IOException, DevicesException {
    return switch (fields.text(path)) {
      case "admit" -> true;
      case "refuse" -> false;
      default -> throw fields.wrong(path, "must be admit or refuse");
    };
  }

  private void device(String name, String path) throws IOException, DevicesException {
    DeviceEntry entry = new DeviceFields().read(path);
    if (name.indexOf('*') < 0) {
      devices.put(name, entry);
      for (TokenHash token : entry.tokens()) {
        String other = deviceByToken.put(token, name);
        if (other != null) {
          throw fields.wrong(path + ".tokens", "is also a token of " + other + "; make another");
        }
      }
      return;
    }
    if (name.indexOf('*') != name.length() - 1) {
      throw fields.wrong(path, "may have a * at the end of its name alone");
    }
    if (!entry.tokens().isEmpty()) {
      throw fields.wrong(path, "stands for many devices, and a token is of one");
    }
    byPrefix.put(name.substring(0, name.length() - 1), entry);
  }

  /** The fields below one device. */
  private final class DeviceFields {
    private @Nullable Set<String> streamNames;
    private List<TokenHash> tokens = List.of();
    private boolean disabled;

    DeviceEntry read(String path) throws IOException, DevicesException {
      fields.each(path, this::field);
      return new DeviceEntry(Optional.ofNullable(streamNames), tokens, disabled);
    }

    private void field(String name, String path) throws IOException, DevicesException {
      switch (name) {
        case "streams" -> streamNames = Set.copyOf(new HashSet<>(fields.texts(path)));
        case "tokens" -> tokens = hashes(path);
        case "disabled" -> disabled = fields.flag(path);
        default -> throw fields.wrong(path, "is unknown; there are streams, tokens, disabled");
      }
    }

    private List<TokenHash> hashes(String path) throws IOException, DevicesException {
      List<TokenHash> hashes = new ArrayList<>();
      for (String text : fields.texts(path)) {
        try {
          hashes.add(TokenHash.parse(text));
        } catch (IllegalArgumentException e) {
          throw fields.wrong(path, e.getMessage() + "; make one with the command token");
        }
      }
      return List.copyOf(hashes);
    }
  }
}
