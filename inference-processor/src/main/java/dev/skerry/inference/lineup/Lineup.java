package dev.skerry.inference.lineup;

import dev.skerry.inference.model.ServedModel;
import java.util.List;

/**
 * Which models answer which streams, as of one moment. Immutable.
 *
 * @param streams each stream once
 */
public record Lineup(List<StreamModels> streams) {

  public Lineup {
    streams = List.copyOf(streams);
  }

  /** A champion for each stream, and no canaries. */
  public static Lineup of(List<ServedModel> champions) {
    return new Lineup(champions.stream().map(StreamModels::new).toList());
  }

  /** The same with other models for one stream. */
  public Lineup with(StreamModels models) {
    return new Lineup(
        streams.stream()
            .map(each -> each.stream().equals(models.stream()) ? models : each)
            .toList());
  }

  /** All models, champions and canaries. */
  public List<ServedModel> models() {
    return streams.stream().flatMap(StreamModels::all).toList();
  }

  /** Whether one of them is this one. */
  boolean has(ServedModel model) {
    return models().stream().anyMatch(each -> each == model);
  }
}
