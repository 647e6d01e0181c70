package dev.skerry.bench.prove;

import dev.skerry.bench.link.LinkSite;
import dev.skerry.bench.process.ChildJvm;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The mirror in a process of its own, which is killed and counted. Belongs to one thread. */
final class MirrorUnderTest implements AutoCloseable {

  private final LinkSite site;
  private final Admin edge;
  private final Admin cloud;
  private final OpenTransactions upwards;
  private final OpenTransactions downwards;
  private ChildJvm process;
  private int cutsInsideTransaction;
  private int killed;
  private int killsInsideTransaction;
  private long peakBytes;

  MirrorUnderTest(LinkSite site) {
    this.site = site;
    this.edge = Admin.create(Map.of("bootstrap.servers", site.edge().bootstrapServers()));
    this.cloud = Admin.create(Map.of("bootstrap.servers", site.cloud().bootstrapServers()));
    // MirrorMaker names its transactions after the source.
    this.upwards = new OpenTransactions(cloud, LinkSite.ALIAS);
    this.downwards = new OpenTransactions(edge, "cloud");
    this.process = site.startMirror(Map.of());
  }

  /** Notes whether a cut that was just made has left a transaction open. */
  void noteCut() throws InterruptedException {
    cutsInsideTransaction += upwards.leftOpen() > 0 ? 1 : 0;
  }

  /** SIGKILL, and the next one starts. */
  void kill() throws InterruptedException {
    process.freeze();
    int open = upwards.leftOpen() + downwards.leftOpen();
    notePeak();
    process.kill();
    killed++;
    killsInsideTransaction += open > 0 ? 1 : 0;
    process = site.startMirror(Map.of());
  }

  private void notePeak() {
    peakBytes = Math.max(peakBytes, process.memory().peakBytes());
  }

  /** SIGTERM; throws where it does not go by itself. */
  void terminate() throws InterruptedException {
    notePeak();
    process.terminate();
  }

  int cutsInsideTransaction() {
    return cutsInsideTransaction;
  }

  int killed() {
    return killed;
  }

  int killsInsideTransaction() {
    return killsInsideTransaction;
  }

  long peakMebibytes() {
    return peakBytes >> 20;
  }

  void requireAlive() {
    process.requireAlive();
  }

  @Override
  public void close() {
    process.close();
    edge.close();
    cloud.close();
  }
}
