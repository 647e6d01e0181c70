package dev.skerry.ingest.replay;

/** One cell as a number: digits, a point, an exponent; neither NaN nor infinite nor hexadecimal. */
final class Cell {

  private Cell() {}

  static boolean isNumber(String cell) {
    try {
      toFloat(cell);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The nearest float; throws {@link IllegalArgumentException} that says what the cell is. */
  static float toFloat(String cell) {
    if (cell.isEmpty()) {
      throw new IllegalArgumentException("the cell is empty");
    }
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        throw new IllegalArgumentException("'" + cell + "' is not a number");
      }
    }
    float value;
    try {
      value = Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + cell + "' is not a number", e);
    }
    if (Float.isInfinite(value)) {
      throw new IllegalArgumentException("'" + cell + "' is too large for a 32-bit float");
    }
    return value;
  }
}
