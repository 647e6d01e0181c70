package dev.skerry.service.trace;

import io.opentelemetry.api.OpenTelemetry;

/**
 * Where spans go: found on the class path by {@link java.util.ServiceLoader}, because nobody who
 * does not trace should carry it.
 */
public interface TraceExport {

  /**
   * Opens it; what is left is sent when the process ends.
   *
   * @param service the name of the process among others
   */
  OpenTelemetry open(String service);
}
