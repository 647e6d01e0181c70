package dev.skerry.local;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A help whose descriptions of options are broken where they are shown, not where they are written.
 */
final class FlowingHelp extends Help {

  FlowingHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer each = super.createDefaultOptionRenderer();
    return (option, label, colours) -> flowing(each.render(option, label, colours));
  }

  /** The first row has the names, the others a line of the description each. */
  private static Text[][] flowing(Text[][] rows) {
    Text[] first = rows[0];
    int last = first.length - 1;
    for (int i = 1; i < rows.length; i++) {
      first[last] = first[last].concat(" ").concat(rows[i][last]);
    }
    return new Text[][] {first};
  }
}
