package dev.skerry.local.loop;

import dev.skerry.local.site.Site;
import dev.skerry.local.site.SiteSettings;

/**
 * Starts the circle when the site has answered for the first time, so that nothing of it makes that
 * answer later. Used by one thread.
 */
public final class LoopStart {

  private final SiteSettings settings;
  private boolean isPending;

  /** For a site that learns, or for one that does not: then nothing is ever started. */
  public LoopStart(SiteSettings settings) {
    this.settings = settings;
    this.isPending = settings.learns();
  }

  /** Looks whether it is time. */
  public void look(Site site) {
    if (isPending && site.latest().detections() > 0) {
      isPending = false;
      RetrainingLoop.start(settings, site.supervisor());
    }
  }
}
