package dev.skerry.local.supervise;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. By reflection, because {@code sun.misc.Signal} is the only way
 * there is and the compiler warns of it in a form that cannot be switched off.
 */
public final class Signals {

  private Signals() {}

  /** Makes this process deaf to a signal, for example {@code INT}. */
  public static void ignore(String signal) {
    try {
      handle(signal, handlerClass().getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JVM cannot ignore the signal " + signal, e);
    }
  }

  /** Runs an action on a thread of its own each time that the signal arrives. */
  public static void on(String signal, Runnable action) {
    try {
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass()},
              (proxy, method, args) -> {
                action.run();
                return null;
              });
      handle(signal, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JVM cannot handle the signal " + signal, e);
    }
  }

  private static void handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Object signal = type.getConstructor(String.class).newInstance(name);
    type.getMethod("handle", type, handlerClass()).invoke(null, signal, handler);
  }

  private static Class<?> handlerClass() throws ClassNotFoundException {
    return Class.forName("sun.misc.SignalHandler");
  }
}
