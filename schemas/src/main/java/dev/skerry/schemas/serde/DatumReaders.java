package dev.skerry.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/** Makes the readers for one kind of value, one for each writer's schema. Thread-safe. */
interface DatumReaders<T> {

  /** What came of it. */
  sealed interface Made<T> {}

  /** A reader that resolves the writer's schema. */
  record Reader<T>(DatumReader<T> reader) implements Made<T> {}

  /**
   * There can be none.
   *
   * @param why in words that go on after the schema's id
   */
  record Impossible<T>(String why) implements Made<T> {}

  /** The reader for what was written with this schema. */
  Made<T> make(Schema writerSchema);

  /** What the values should be, in one word. */
  String expected();

  /** Values of one generated class; a record of another name is as foreign as an unknown id. */
  static <T> DatumReaders<T> specific(Class<T> type) {
    SpecificData data = SpecificData.getForClass(type);
    Schema readerSchema = data.getSchema(type);
    long fingerprint = SchemaCatalogue.fingerprint(readerSchema);
    return new DatumReaders<>() {
      @Override
      public Made<T> make(Schema writerSchema) {
        if (!writerSchema.getFullName().equals(readerSchema.getFullName())) {
          return notA(writerSchema, readerSchema);
        }
        // Told that the schemas are one, Avro need not resolve the fields of each record.
        boolean same = SchemaCatalogue.fingerprint(writerSchema) == fingerprint;
        return new Reader<>(
            new SpecificDatumReader<>(same ? readerSchema : writerSchema, readerSchema, data));
      }

      @Override
      public String expected() {
        return readerSchema.getName();
      }
    };
  }

  /** Generic records and plain values, resolved to one schema. */
  static DatumReaders<Object> generic(Schema readerSchema, GenericData data) {
    return new DatumReaders<>() {
      @Override
      public Made<Object> make(Schema writerSchema) {
        return writerSchema.getFullName().equals(readerSchema.getFullName())
            ? new Reader<>(
                PlainValues.reader(new GenericDatumReader<>(writerSchema, readerSchema, data)))
            : notA(writerSchema, readerSchema);
      }

      @Override
      public String expected() {
        return readerSchema.getName();
      }
    };
  }

  /** Generic records and plain values, as they were written. */
  static DatumReaders<Object> generic(GenericData data) {
    return new DatumReaders<>() {
      @Override
      public Made<Object> make(Schema writerSchema) {
        return new Reader<>(
            PlainValues.reader(new GenericDatumReader<>(writerSchema, writerSchema, data)));
      }

      @Override
      public String expected() {
        return "value";
      }
    };
  }

  /** Objects of the generated classes that the writer's schemas name; plain values as they are. */
  static DatumReaders<Object> specificByName(ClassLoader loader) {
    return new SpecificByName(loader);
  }

  private static <T> Made<T> notA(Schema writerSchema, Schema readerSchema) {
    return new Impossible<>(
        "is a " + writerSchema.getFullName() + ", not a " + readerSchema.getFullName() + ".");
  }
}
