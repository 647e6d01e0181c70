package dev.skerry.service;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Several services in one process: they run side by side, and the end of one ends all. */
public final class ServiceGroup implements Service {

  private final List<Service> members;

  /**
   * A service of these members, which belong to it from now on.
   *
   * @param members one and more
   */
  public ServiceGroup(List<Service> members) {
    this.members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members is empty: name at least one service");
    }
  }

  @Override
  public void run() throws Exception {
    CompletableFuture<Void> firstEnd = new CompletableFuture<>();
    List<Thread> threads = members.stream().map(member -> start(member, firstEnd)).toList();
    try {
      firstEnd.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception reason ? reason : e;
    } finally {
      stop();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static Thread start(Service member, CompletableFuture<Void> firstEnd) {
    Thread thread =
        new Thread(() -> runMember(member, firstEnd), member.getClass().getSimpleName());
    thread.start();
    return thread;
  }

  /** Whatever ends one, the process ends with it. */
  private static void runMember(Service member, CompletableFuture<Void> firstEnd) {
    try {
      member.run();
      firstEnd.complete(null);
    } catch (Throwable reason) {
      firstEnd.completeExceptionally(reason);
    }
  }

  @Override
  public void stop() {
    members.forEach(Service::stop);
  }

  @Override
  public void close() {
    members.forEach(Service::close);
  }
}
