package dev.skerry.local.control;

/** An order cannot be carried out; the message says why, for people. */
public final class OrderRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OrderRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  public OrderRefusedException(String message) {
    super(message);
  }
}
