package io.mlopscore.training.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlopscore.training.TrainingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CSV as RFC 4180 has it, and clear words about what is not.
class CsvFileTest {
  @TempDir Path directory;

  @Test
  void readsQuotesCommasNewlinesAndWindowsLineEnds() throws IOException {
    var file = read("\uFEFFa,\"b, c\"\r\n1,\"x \"\"y\"\"\r\nz\"\r\n\r\n 2 ,last");

    assertThat(file.header()).containsExactly("a", "b, c");
    assertThat(file.rows())
        .containsExactly(
            new CsvRow(2, List.of("1", "x \"y\"\r\nz")), new CsvRow(5, List.of("2", "last")));
  }

  @Test
  void writesWhatItReads() throws IOException {
    var text = "a,\"b, c\"\n1,\"x \"\"y\"\"\"\n2,z\n";
    var file = read(text);

    assertThat(file.text(file.rows())).isEqualTo(text);
  }

  @Test
  void namesTheLineOfARowThatIsTooShort() {
    assertThatThrownBy(() -> read("a,b\n1,2\n3\n"))
        .isInstanceOf(TrainingException.class)
        .hasMessage(path() + ", line 3: 1 fields, but the header has 2 columns");
  }

  @Test
  void refusesAColumnTwice() {
    assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessageContaining("'a' twice");
  }

  @Test
  void refusesAColumnWithoutName() {
    assertThatThrownBy(() -> read("a,\n1,2\n")).hasMessageContaining("column 2 has no name");
  }

  @Test
  void refusesAnOpenQuote() {
    assertThatThrownBy(() -> read("a\n\"never closed\n"))
        .hasMessage(path() + ", line 2: a quoted field is never closed");
  }

  @Test
  void refusesTextAfterAQuote() {
    assertThatThrownBy(() -> read("a\n\"x\"y\n")).hasMessageContaining("after a closing quote: y");
  }

  @Test
  void asksForTheSeparatorWhereItIsNoComma() {
    assertThatThrownBy(() -> read("a;b;kind\n1;2;x\n"))
        .hasMessage(
            path()
                + ", line 1: the header is one column, 'a;b;kind'; is the separator ';'? It must be a comma");
    assertThatThrownBy(() -> read("a\tb\n1,5\t2\n")).hasMessageContaining("the separator a tab?");
    assertThatThrownBy(() -> read("\"a\";\"b\"\n1;2\n"))
        .hasMessageContaining("after a closing quote: ;\"b\"; is the separator ';'?");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read("\n\n")).hasMessageContaining("empty");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> CsvFile.read(directory.resolve("absent.csv")))
        .hasMessageContaining("absent.csv: no such file");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    Files.write(path(), new byte[] {'a', '\n', (byte) 0xff, (byte) 0xfe});

    assertThatThrownBy(() -> CsvFile.read(path())).hasMessageContaining("not UTF-8");
  }

  private CsvFile read(String text) throws IOException {
    return CsvFile.read(Files.writeString(path(), text));
  }

  private Path path() {
    return directory.resolve("t.csv");
  }
}
