package dev.skerry.local.site;

import dev.skerry.local.audit.MirrorReport;
import java.util.List;

/** What became of what a run had to send to the cloud. */
public sealed interface MirrorCheck {

  /** Whether that is as it should be. */
  boolean addsUp();

  /** Each mirrored topic, edge against cloud, record for record. */
  List<MirrorReport> topics();

  /** The link was there to the end. */
  record Compared(List<MirrorReport> topics) implements MirrorCheck {

    public Compared {
      topics = List.copyOf(topics);
    }

    @Override
    public boolean addsUp() {
      return topics.stream().allMatch(MirrorReport::addsUp);
    }
  }

  /** The link was cut: what is missing in the cloud waits at the site. */
  record Cut(List<MirrorReport> topics) implements MirrorCheck {

    public Cut {
      topics = List.copyOf(topics);
    }

    @Override
    public boolean addsUp() {
      return topics.stream().allMatch(topic -> topic.doubled() == 0 && topic.reordered() == 0);
    }

    /** Records that the cloud does not have yet. */
    public long waiting() {
      return topics.stream().mapToLong(MirrorReport::missing).sum();
    }
  }

  /** There is no cloud. */
  record NoCloud() implements MirrorCheck {

    @Override
    public boolean addsUp() {
      return true;
    }

    @Override
    public List<MirrorReport> topics() {
      return List.of();
    }
  }
}
