package dev.skerry.retrain.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skerry.schemas.Box;
import java.util.List;

/** The true objects of a frame as JSON. */
final class BoxJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private BoxJson() {}

  static String of(List<Box> boxes) {
    ArrayNode list = JSON.createArrayNode();
    for (Box box : boxes) {
      list.addObject()
          .put("label", box.getLabel())
          .put("x", box.getX())
          .put("y", box.getY())
          .put("width", box.getWidth())
          .put("height", box.getHeight());
    }
    return list.toString();
  }
}
