package dev.skerry.inference.release;

import java.time.InstantSource;

/**
 * What a process is to its site.
 *
 * @param siteId the site
 * @param instance names the process
 * @param hardware the class of its machine
 * @param maxModelBytes larger files are not taken
 * @param keptFormer how many former champions are kept to go back to, 0 and up
 * @param clock says when something was decided
 */
public record ReleaseSite(
    String siteId,
    String instance,
    String hardware,
    long maxModelBytes,
    int keptFormer,
    InstantSource clock) {}
