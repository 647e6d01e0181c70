package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.StreamId;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Reference;
import java.util.List;

/** What of a model has moved, as a group of windows: it stands in the place of the label. */
final class Subject {

  private Subject() {}

  static WindowKey.Group group(
      DriftSubject subject, String siteId, String stream, ModelContract contract) {
    return new WindowKey.Group(
        new StreamId(siteId, stream), contract.name(), contract.version(), subject.name());
  }

  static DriftSubject of(WindowKey.Group group) {
    return DriftSubject.valueOf(group.label());
  }

  /** What it is measured against. */
  static List<Distribution> references(Reference reference, DriftSubject subject) {
    return subject == DriftSubject.SCORES ? reference.scores() : reference.inputs();
  }
}
