package dev.skerry.service;

/** What a process tells the one that started it. */
public final class ExitCode {

  /** It did what it was asked to. */
  public static final int OK = 0;

  /** It could not go on; the reason is in the log. */
  public static final int FAILED = 1;

  /** It was asked for something that cannot be: wrong options, configuration or files. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
