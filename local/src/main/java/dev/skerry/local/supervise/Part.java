package dev.skerry.local.supervise;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process of the site: what to run.
 *
 * @param name how people and the log file call it
 * @param mainClass the class whose {@code main} it runs
 * @param arguments what that is given
 * @param jvmOptions options of its JVM, heap size for one
 * @param environment variables that it gets beside those of the supervisor
 * @param ending what it means when it ends
 * @param classPath where its classes are; empty for where those of the supervisor are
 */
public record Part(
    String name,
    String mainClass,
    List<String> arguments,
    List<String> jvmOptions,
    Map<String, String> environment,
    Ending ending,
    Optional<String> classPath) {

  /** What it means when a part ends without being asked to. */
  public enum Ending {
    /** It was to run for ever: it comes back. */
    COMES_BACK,
    /** The same, and however often it dies, the site goes on without it until it lives. */
    SITE_GOES_ON,
    /** Code 0 means that its work is done; with any other code its work has failed. */
    FINISHES
  }

  public Part {
    arguments = List.copyOf(arguments);
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /** A part with the classes of the supervisor. */
  public Part(
      String name,
      String mainClass,
      List<String> arguments,
      List<String> jvmOptions,
      Map<String, String> environment,
      Ending ending) {
    this(name, mainClass, arguments, jvmOptions, environment, ending, Optional.empty());
  }

  /** A part that is to run for ever. */
  public static Part service(
      String name, String mainClass, List<String> arguments, List<String> jvmOptions) {
    return new Part(name, mainClass, arguments, jvmOptions, Map.of(), Ending.COMES_BACK);
  }

  /** The same where the site does without it while it cannot run. */
  public Part dispensable() {
    return new Part(
        name, mainClass, arguments, jvmOptions, environment, Ending.SITE_GOES_ON, classPath);
  }

  /** A part that ends by itself when its work is done. */
  public static Part job(
      String name, String mainClass, List<String> arguments, List<String> jvmOptions) {
    return new Part(name, mainClass, arguments, jvmOptions, Map.of(), Ending.FINISHES);
  }

  /** The same with classes of its own. */
  public Part onClassPath(String other) {
    return new Part(
        name, mainClass, arguments, jvmOptions, environment, ending, Optional.of(other));
  }
}
