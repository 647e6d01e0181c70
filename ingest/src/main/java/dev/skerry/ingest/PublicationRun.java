package dev.skerry.ingest;

import dev.skerry.ingest.publish.Publication;
import dev.skerry.service.ServiceConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a publication as a command: SIGINT and SIGTERM end it early, and the process lives until
 * what was sent is acknowledged and reported.
 */
final class PublicationRun {

  private static final Logger log = LoggerFactory.getLogger(PublicationRun.class);

  /** As services have by default, see {@link ServiceConfig#stopTimeout}. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private PublicationRun() {}

  /** Runs it, and the report after it, whatever became of what had begun. */
  static void run(Publication publication, Runnable report) throws InterruptedException {
    CountDownLatch reported = new CountDownLatch(1);
    Thread stopper = new Thread(() -> stopAndAwait(publication, reported), "ingest-stop");
    Runtime.getRuntime().addShutdownHook(stopper);
    try {
      publication.run();
    } finally {
      if (publication.hasStarted()) {
        report.run();
      }
      reported.countDown();
      removeHook(stopper);
    }
  }

  private static void stopAndAwait(Publication publication, CountDownLatch reported) {
    publication.stop();
    try {
      if (!reported.await(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("not everything was acknowledged within {}; cut off", STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.error("interrupted while stopping", e);
    }
  }

  private static void removeHook(Thread stopper) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopper);
    } catch (IllegalStateException e) {
      log.debug("the process is ending, which is why this publication did", e);
    }
  }
}
