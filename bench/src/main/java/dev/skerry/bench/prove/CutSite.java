package dev.skerry.bench.prove;

import dev.skerry.bench.link.LinkSite;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.release.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A site that takes releases through a link that is cut: brokers on both sides, the mirror and the
 * processor, each a process of its own, and telemetry that flows throughout. Belongs to one thread.
 */
final class CutSite implements AutoCloseable {

  /** A release of some megabytes takes many seconds, so that a cut falls into the middle. */
  private static final LinkCondition THIN = new LinkCondition.Thin(800_000, Duration.ofMillis(20));

  private final LinkSite link;
  private final ProofSite site;
  private final Path directory;
  private ChildJvm mirror;
  private ChildJvm processor;

  private CutSite(LinkSite link, ProofSite site, Path directory) {
    this.link = link;
    this.site = site;
    this.directory = directory;
    this.mirror = link.startMirror(Map.of());
    this.processor = startProcessor();
  }

  /** Starts it; the processor trusts the key. */
  static CutSite start(Path directory, long seed, SigningKey key) throws InterruptedException {
    key.write(directory.resolve("keys"), "release");
    LinkSite link = LinkSite.start(directory);
    return new CutSite(
        link, ProofSite.at(link.edge().bootstrapServers(), directory, seed), directory);
  }

  private ChildJvm startProcessor() {
    return site.processor(
        "0",
        ProveCommand.JVM,
        Map.of(
            "inference.releases.directory", directory.resolve("releases").toString(),
            "inference.releases.trusted-keys", directory.resolve("keys").toString()));
  }

  void makeLinkThin() {
    link.link().set(THIN);
  }

  void cutLink() {
    link.link().set(new LinkCondition.Cut());
  }

  void openLink() {
    link.link().set(new LinkCondition.Open());
  }

  /** Bytes that came from the cloud since the start. */
  long bytesFromTheCloud() {
    return link.link().bytesBack();
  }

  /** The power fails: processor, mirror and broker are killed, and start where they were. */
  void restart() throws InterruptedException {
    processor.kill();
    mirror.kill();
    link.edge().kill();
    link.edge().startAgain();
    mirror = link.startMirror(Map.of());
    processor = startProcessor();
  }

  /** How much telemetry has been answered. */
  long answered() throws InterruptedException {
    return site.progress(processor).committed();
  }

  /** Waits until so much is answered. */
  void awaitAnswered(long records, Duration patience) throws InterruptedException {
    site.progress(processor).await(records, patience);
  }

  void requireAlive() {
    processor.requireAlive();
    mirror.requireAlive();
  }

  /** Lets the processor end by itself. */
  void terminateProcessor() throws InterruptedException {
    processor.terminate();
  }

  ProofSite site() {
    return site;
  }

  String edge() {
    return link.edge().bootstrapServers();
  }

  String cloud() {
    return link.cloud().bootstrapServers();
  }

  @Override
  public void close() {
    processor.close();
    mirror.close();
    site.close();
    link.close();
  }
}
