package dev.skerry.schemas.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads the kind of input that {@code kind} names. */
final class InputReader extends JsonDeserializer<Input> {

  private static final String KIND = "kind";

  @Override
  public Input deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonNode tree = context.readTree(parser);
    if (!(tree instanceof ObjectNode object)) {
      throw new InvalidContractException(ModelContract.METADATA_KEY + ": input must be an object");
    }
    JsonNode kind = object.remove(KIND);
    String name = kind == null ? ReadingsInput.KIND : kind.asText();
    return switch (name) {
      case ReadingsInput.KIND -> context.readTreeAsValue(object, ReadingsInput.class);
      case FrameInput.KIND -> context.readTreeAsValue(object, FrameInput.class);
      default ->
          throw new InvalidContractException(
              ModelContract.METADATA_KEY + ": input.kind must be readings or frame, not " + name);
    };
  }
}
