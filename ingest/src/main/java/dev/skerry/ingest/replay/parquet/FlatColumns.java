package dev.skerry.ingest.replay.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Finds the flat columns of a schema, which a file lists depth first. */
final class FlatColumns {

  private FlatColumns() {}

  static List<FlatColumn> of(List<SchemaElement> schema) {
    List<FlatColumn> columns = new ArrayList<>();
    int next = 1; // The first element is the root.
    while (next < schema.size()) {
      SchemaElement element = schema.get(next);
      if (element.getNum_children() == 0
          && element.isSetType()
          && element.getRepetition_type() != FieldRepetitionType.REPEATED) {
        columns.add(new FlatColumn(element));
      }
      next = after(next, schema);
    }
    return columns;
  }

  private static int after(int index, List<SchemaElement> schema) {
    int end = index + 1;
    for (int child = 0;
        child < schema.get(index).getNum_children() && end < schema.size();
        child++) {
      end = after(end, schema);
    }
    return end;
  }
}
