package dev.skerry.ingest;

import dev.skerry.ingest.publish.Speed;
import dev.skerry.service.ConfigException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** See {@link Speed#parse}. */
public final class SpeedConverter implements ITypeConverter<Speed> {

  @Override
  public Speed convert(String text) {
    try {
      return Speed.parse(text);
    } catch (ConfigException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
