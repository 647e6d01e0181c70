package dev.skerry.schemas.model;

/** A model's contract that cannot be served; the message names the field. */
public final class InvalidContractException extends IllegalArgumentException {

  public InvalidContractException(String message) {
    super(message);
  }
}
