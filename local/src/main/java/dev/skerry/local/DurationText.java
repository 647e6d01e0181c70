package dev.skerry.local;

import dev.skerry.local.terminal.Text;
import java.time.Duration;
import picocli.CommandLine;

/** {@code 60s}, {@code 5m}, {@code 2h} on the command line. */
final class DurationText implements CommandLine.ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return Text.duration(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
