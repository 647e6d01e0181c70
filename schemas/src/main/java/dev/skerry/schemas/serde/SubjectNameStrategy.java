package dev.skerry.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;

/** Under which subject a schema stands in a registry. Implementations are thread-safe. */
public interface SubjectNameStrategy {

  /**
   * The subject.
   *
   * @param schema of the key or value
   * @throws SerializationException where the strategy does not know what to call this schema
   */
  String subject(String topic, boolean isKey, Schema schema);

  /**
   * The strategy that a setting names: a class of this package by its full name or by the name that
   * it has in Confluent's serializers, or another class with a constructor without parameters.
   *
   * @throws ConfigException that names the setting, for anything else
   */
  static SubjectNameStrategy named(String setting, String className) {
    String confluent = "io.confluent.kafka.serializers.subject.";
    String name =
        className.startsWith(confluent)
            ? SubjectNameStrategy.class.getPackageName()
                + className.substring(confluent.length() - 1)
            : className;
    try {
      return Utils.newInstance(name, SubjectNameStrategy.class);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new ConfigException(
          setting, className, "it is no " + SubjectNameStrategy.class.getName() + ": " + e);
    }
  }
}
