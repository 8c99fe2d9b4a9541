package io.mlopscore.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/// What `--help` says.
final class HelpTest {
  static List<Verb> verbs() {
    return Verbs.ALL;
  }

  /// A line of a description begins anew after whatever width the terminal has, and the first one
  /// stands alone in the list of commands: so each is a whole sentence.
  @ParameterizedTest
  @MethodSource("verbs")
  void noSentenceIsBrokenInTheMiddle(Verb verb) {
    var broken = new ArrayList<String>();
    look(new CommandLine(verb.command().apply(List.of())), broken);

    assertThat(broken).isEmpty();
  }

  private static void look(CommandLine command, List<String> broken) {
    var spec = command.getCommandSpec();
    var usage = spec.usageMessage();
    var ofArguments = spec.args().stream().map(ArgSpec::description);
    Stream.concat(Stream.of(usage.description(), usage.footer()), ofArguments)
        .map(lines -> Arrays.asList(lines).subList(0, Math.max(0, lines.length - 1)))
        .forEach(all -> all.stream().filter(HelpTest::isBroken).forEach(broken::add));
    command.getSubcommands().values().forEach(sub -> look(sub, broken));
  }

  private static boolean isBroken(String line) {
    return !line.isEmpty() && ".:?!".indexOf(line.charAt(line.length() - 1)) < 0;
  }
}
