package dev.skerry.local.supervise;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The first thing that runs in a part's process: {@code ChildMain MAIN_CLASS ARGUMENTS…}. It makes
 * the process deaf to Ctrl-C, which a terminal sends to all of them at once although the supervisor
 * alone decides the order in which they stop, and ends it when the supervisor is gone, so that no
 * orphan stays behind. Then it calls the part's own main.
 */
public final class ChildMain {

  private static final int ORPHANED = 143;
  private static final long GRACE_MILLIS = 15_000;

  private ChildMain() {}

  /** Runs a part. */
  public static void main(String[] args) throws Throwable {
    Signals.ignore("INT");
    Thread watcher = new Thread(ChildMain::endWithTheSupervisor, "supervisor-watch");
    watcher.setDaemon(true);
    watcher.start();
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The supervisor holds the other end of standard input and never writes: its end is ours. */
  private static void endWithTheSupervisor() {
    try {
      int read;
      do {
        read = System.in.read();
      } while (read >= 0);
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    Thread reaper = new Thread(ChildMain::haltAfterGrace, "reaper");
    reaper.setDaemon(true);
    reaper.start();
    System.exit(ORPHANED);
  }

  private static void haltAfterGrace() {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
