package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/infrastructure.md` keeps its promises: every part of the original has a row, and
/// every test that it names is there.
class InfrastructurePageTest {
  private static final Path TERRAFORM = Terraform.repository().resolve("deploy/terraform");
  private static final Pattern RUN = Pattern.compile("`([a-z_/]+): ([a-z_]+)`");
  private static final Pattern PART = Pattern.compile("`(deploy/test/[a-z]+/run)`");
  private static final Pattern METHOD = Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([a-zA-Z]+)`");

  @Test
  void everyPartOfTheOriginalHasARow() throws IOException {
    assertThat(rows("## The original's resources")).hasSize(32).doesNotHaveDuplicates();
    assertThat(rows("## The original's variables")).hasSize(29).doesNotHaveDuplicates();
    assertThat(rows("## The original's outputs")).hasSize(19).doesNotHaveDuplicates();
    assertThat(rows("## The original's workflow")).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void everyFaultNamesTestsThatAreThere() throws IOException {
    var faults = rows("## The original's faults");
    assertThat(faults).hasSizeGreaterThan(35);
    for (var fault : faults) {
      var runs = RUN.matcher(fault).results().toList();
      var methods = METHOD.matcher(fault).results().toList();
      var parts = PART.matcher(fault).results().toList();
      assertThat(runs.size() + methods.size() + parts.size()).as(fault).isPositive();
      assertThat(parts).allMatch(part -> Files.isExecutable(repository(part.group(1))));
      for (var run : runs) {
        assertThat(tests(run))
            .as(run.group())
            .anyMatch(text -> text.contains("run \"" + run.group(2) + "\""));
      }
      for (var method : methods) {
        assertThat(source(method)).as(method.group()).contains(" " + method.group(2) + "(");
      }
    }
  }

  @Test
  void everyModuleIsInTheListOfFolders() throws IOException {
    var page = String.join("\n", section("## Folders"));
    try (Stream<Path> modules = Files.list(TERRAFORM.resolve("modules"))) {
      assertThat(modules.map(module -> module.getFileName().toString()))
          .allMatch(name -> page.contains("`" + name + "`") || page.contains("/" + name + "`"));
    }
  }

  /// An example is copied and filled in: each of its names must be a variable.
  @Test
  void examplesOfSettingsNameVariables() throws IOException {
    for (var root :
        List.of("bootstrap", "environments/dev", "environments/staging", "environments/prod")) {
      var variables = Files.readString(TERRAFORM.resolve(root).resolve("variables.tf"));
      var example = Files.readString(TERRAFORM.resolve(root).resolve("terraform.tfvars.example"));
      assertThat(Pattern.compile("(?m)^(?:# )?([a-z_]+) +=").matcher(example).results())
          .isNotEmpty()
          .allMatch(name -> variables.contains("variable \"" + name.group(1) + "\""));
    }
  }

  private static List<String> tests(MatchResult run) throws IOException {
    try (Stream<Path> files = Files.list(TERRAFORM.resolve(run.group(1)).resolve("tests"))) {
      return files.map(InfrastructurePageTest::read).toList();
    }
  }

  private static Path repository(String path) {
    return Terraform.repository().resolve(path);
  }

  /// The class may be in the package of any part.
  private static String source(MatchResult method) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(method.group(1) + ".java"))
          .map(InfrastructurePageTest::read)
          .findFirst()
          .orElseThrow(() -> new AssertionError(method.group() + ": there is no such test"));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows of the first table below a heading, without its head.
  static List<String> rows(String heading) throws IOException {
    return section(heading).stream().filter(line -> line.startsWith("| ")).skip(1).toList();
  }

  private static List<String> section(String heading) throws IOException {
    var page =
        Files.readAllLines(Terraform.repository().resolve("docs/reference/infrastructure.md"));
    return page.stream()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }
}
