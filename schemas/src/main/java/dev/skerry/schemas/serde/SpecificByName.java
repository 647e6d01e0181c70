package dev.skerry.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Readers for the generated classes that writers' schemas name, as far as they are on the class
 * path.
 */
final class SpecificByName implements DatumReaders<Object> {

  private final ClassLoader loader;

  SpecificByName(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public Made<Object> make(Schema writerSchema) {
    if (writerSchema.getType() != Schema.Type.RECORD) {
      return new Reader<>(
          PlainValues.reader(
              new SpecificDatumReader<>(writerSchema, writerSchema, new SpecificData(loader))));
    }
    String name = SpecificData.getClassName(writerSchema);
    try {
      Class<?> type = Class.forName(name, /* initialize= */ false, loader);
      return SpecificRecord.class.isAssignableFrom(type)
          ? DatumReaders.specific(objects(type)).make(writerSchema)
          : new Impossible<>("names the class " + name + ", which Avro did not generate.");
    } catch (ClassNotFoundException e) {
      return new Impossible<>(
          "names the class "
              + name
              + ", which is not on the class path; generate it, or set"
              + " specific.avro.reader to false.");
    }
  }

  @SuppressWarnings("unchecked") // Whatever the class is, its objects are objects.
  private static Class<Object> objects(Class<?> type) {
    return (Class<Object>) type;
  }

  @Override
  public String expected() {
    return "value";
  }
}
