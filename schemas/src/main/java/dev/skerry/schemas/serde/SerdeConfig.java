package dev.skerry.schemas.serde;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * How a serde behaves, from settings with Confluent's names and defaults. Immutable.
 *
 * @param isKey whether it is for keys
 * @param autoRegister whether new schemas are added to the registry
 * @param useLatest whether records are written with the latest version of their subject
 * @param latestStrict whether that version must be able to read what this program would write
 * @param normalize whether the registry compares schemas in a normal form
 * @param removeJavaProperties whether what only Java reads is left out of schemas for the registry
 * @param specific whether records are read as objects of generated classes
 * @param convertLogicalTypes whether generic records hold dates and decimals, not numbers
 */
record SerdeConfig(
    boolean isKey,
    SubjectNameStrategy subjects,
    boolean autoRegister,
    boolean useLatest,
    boolean latestStrict,
    boolean normalize,
    boolean removeJavaProperties,
    boolean specific,
    boolean convertLogicalTypes) {

  private static final String AUTO_REGISTER = "auto.register.schemas";
  private static final String USE_LATEST = "use.latest.version";
  private static final String LATEST_STRICT = "latest.compatibility.strict";
  private static final String NORMALIZE = "normalize.schemas";
  private static final String KEY_SUBJECT = "key.subject.name.strategy";
  private static final String VALUE_SUBJECT = "value.subject.name.strategy";
  private static final String SPECIFIC_READER = "specific.avro.reader";
  private static final String REMOVE_JAVA = "avro.remove.java.properties";
  private static final String LOGICAL_TYPES = "avro.use.logical.type.converters";

  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              AUTO_REGISTER,
              ConfigDef.Type.BOOLEAN,
              true,
              Importance.MEDIUM,
              "whether a schema that the registry does not have is added to it")
          .define(
              USE_LATEST,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.LOW,
              "write with the latest version of the subject; wants `auto.register.schemas=false`")
          .define(
              LATEST_STRICT,
              ConfigDef.Type.BOOLEAN,
              true,
              Importance.LOW,
              "whether that version must be able to read what this program would write")
          .define(
              NORMALIZE,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "whether the registry compares schemas in a normal form")
          .define(
              KEY_SUBJECT,
              ConfigDef.Type.STRING,
              TopicNameStrategy.class.getName(),
              Importance.MEDIUM,
              "how the subject of a key's schema is named")
          .define(
              VALUE_SUBJECT,
              ConfigDef.Type.STRING,
              TopicNameStrategy.class.getName(),
              Importance.MEDIUM,
              "how the subject of a value's schema is named")
          .define(
              SPECIFIC_READER,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.MEDIUM,
              "read records as objects of the generated classes that their schemas name")
          .define(
              REMOVE_JAVA,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.LOW,
              "leave `avro.java.string` out of schemas that go to the registry")
          .define(
              LOGICAL_TYPES,
              ConfigDef.Type.BOOLEAN,
              false,
              Importance.LOW,
              "generic records hold dates, times, UUIDs and decimals, not numbers and bytes");

  static final SerdeConfig DEFAULT = of(Map.of(), /* isKey= */ false);

  /**
   * The behaviour that the settings ask for. Other settings are left alone, as Kafka's clients do.
   *
   * @throws ConfigException for a value that cannot be, by the setting's name
   */
  static SerdeConfig of(Map<String, ?> settings, boolean isKey) {
    Map<String, Object> values = DEFINITION.parse(settings);
    String subject = isKey ? KEY_SUBJECT : VALUE_SUBJECT;
    return new SerdeConfig(
        isKey,
        SubjectNameStrategy.named(subject, (String) Objects.requireNonNull(values.get(subject))),
        is(values, AUTO_REGISTER),
        is(values, USE_LATEST),
        is(values, LATEST_STRICT),
        is(values, NORMALIZE),
        is(values, REMOVE_JAVA),
        is(values, SPECIFIC_READER),
        is(values, LOGICAL_TYPES));
  }

  /** The settings' names, defaults and meanings, as rows of a Markdown table. */
  static List<String> reference() {
    return DEFINITION.configKeys().values().stream()
        .map(key -> "| `%s` | `%s` | %s |".formatted(key.name, key.defaultValue, key.documentation))
        .sorted()
        .toList();
  }

  /** How generic records stand for logical types. */
  GenericData genericData() {
    GenericData data = new GenericData();
    if (convertLogicalTypes) {
      data.addLogicalTypeConversion(new Conversions.DecimalConversion());
      data.addLogicalTypeConversion(new Conversions.UUIDConversion());
      data.addLogicalTypeConversion(new TimeConversions.DateConversion());
      data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
      data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
      data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
      data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
      data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
      data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    }
    return data;
  }

  private static boolean is(Map<String, Object> values, String name) {
    return (boolean) Objects.requireNonNull(values.get(name));
  }
}
