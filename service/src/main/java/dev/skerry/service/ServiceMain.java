package dev.skerry.service;

import dev.skerry.service.tls.OwnCertificate;
import dev.skerry.service.trace.Traces;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service as a process: 0 after a clean stop, 1 after a crash (the reason is logged), 2
 * for a configuration that it cannot start with (one sentence on standard error).
 */
public final class ServiceMain {

  private static final Logger log = LoggerFactory.getLogger(ServiceMain.class);

  private ServiceMain() {}

  /** Makes a service from its settings. */
  @FunctionalInterface
  public interface Factory {
    /** Throws {@link ConfigException} for settings that it cannot start with. */
    Service create(Settings settings, Observability observability) throws Exception;
  }

  /**
   * Runs the service until it is told to stop (SIGTERM, SIGINT) or fails, and returns the exit
   * code.
   */
  public static int run(String name, String[] args, Factory factory, Class<?>... mappings) {
    try {
      Settings settings = Settings.load(args, mappings);
      Optional<OwnCertificate> certificate = OwnCertificate.of(settings.kafkaAsGiven());
      AccessRefusal refusal = new AccessRefusal(certificate.flatMap(OwnCertificate::commonName));
      Traces traces = settings.service().trace().enabled() ? Traces.exported(name) : Traces.OFF;
      try (Observability observability =
          Observability.startUnready(settings.service().http(), traces)) {
        certificate.ifPresent(own -> own.bindTo(observability.metrics()));
        return run(name, settings, observability, factory, refusal);
      }
    } catch (ConfigException e) {
      System.err.println(name + ": " + e.getMessage());
      return ExitCode.USAGE;
    } catch (Exception e) {
      log.error("{} failed to start", name, e);
      return ExitCode.FAILED;
    }
  }

  private static int run(
      String name,
      Settings settings,
      Observability observability,
      Factory factory,
      AccessRefusal refusal)
      throws Exception {
    try (Service service = factory.create(settings, observability)) {
      observability.health().made();
      return runUntilStopped(name, service, settings.service().stopTimeout(), refusal);
    } catch (KafkaException e) {
      refusal.explain(e).ifPresent(why -> log.error("{} cannot start: {}", name, why));
      throw e;
    }
  }

  private static int runUntilStopped(
      String name, Service service, Duration stopTimeout, AccessRefusal refusal) {
    CountDownLatch finished = new CountDownLatch(1);
    Thread stopper =
        new Thread(() -> stopAndAwait(name, service, finished, stopTimeout), name + "-stop");
    Runtime.getRuntime().addShutdownHook(stopper);
    try {
      log.info("{} started", name);
      service.run();
      log.info("{} stopped", name);
      return ExitCode.OK;
    } catch (Exception e) {
      refusal.explain(e).ifPresent(why -> log.error("{} cannot go on: {}", name, why));
      log.error("{} failed", name, e);
      return ExitCode.FAILED;
    } finally {
      service.close();
      finished.countDown();
    }
  }

  private static void stopAndAwait(
      String name, Service service, CountDownLatch finished, Duration stopTimeout) {
    service.stop();
    try {
      if (!finished.await(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("{} did not finish within {} and is cut off", name, stopTimeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.error("{} was interrupted while it stopped", name, e);
    }
  }
}
