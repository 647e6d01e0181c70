package dev.skerry.inference.batch;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.schemas.model.FrameFit;
import java.util.Optional;

/** Fills rows of one batch's input from the payloads of records. Not thread-safe. */
sealed interface RowFilling permits ReadingsFilling, FrameFilling {

  /** Fills one row, or says why the model cannot answer the record. */
  Optional<Outcome.Rejected> fill(TelemetryView view, int row);

  /** Whether a row that was filled has a value that its model does not know. */
  boolean isOutOfRange(int row);

  /** Where the frame of a row lies in the input; only of models that take frames. */
  FrameFit fit(int row);

  /** How many records said another size than their image has, since {@link #clear}. */
  long misdeclared();

  /** Begins anew. */
  void clear();
}
