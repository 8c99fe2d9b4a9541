package io.mlopscore.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every module and environment is formatted and valid, and the tests beside them
/// (`tests/*.tftest.hcl`) pass.
@Tag("terraform")
class TerraformTest {
  @TempDir static Path folder;
  private static SchemaProvider provider;
  private static Terraform terraform;

  @BeforeAll
  static void prepare() throws IOException {
    provider = SchemaProvider.start("/terraform/google-6.50.0.json");
    terraform = Terraform.copyTo(folder, provider.reattach());
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @Test
  void allFilesAreFormatted() throws Exception {
    var result = terraform.run(terraform.root(), "fmt", "-check", "-recursive", "-diff");
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  @TestFactory
  List<DynamicTest> isValid() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var module : terraform.folders()) {
      tests.add(dynamicTest(name(module), () -> validate(module)));
    }
    return tests;
  }

  private static void validate(Path module) throws Exception {
    var init = terraform.run(module, "init", "-backend=false", "-no-color");
    assertThat(init.exitCode()).as(init.output()).isZero();
    var result = terraform.run(module, "validate", "-no-color");
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).as("warnings").doesNotContain("Warning:");
  }

  /// One test for each `run` of the modules' own tests.
  @TestFactory
  List<DynamicTest> behaves() throws Exception {
    var tests = new ArrayList<DynamicTest>();
    for (var module : terraform.folders()) {
      if (Files.isDirectory(module.resolve("tests"))) {
        tests.addAll(runs(module));
      }
    }
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  private static List<DynamicTest> runs(Path module) throws Exception {
    var init = terraform.run(module, "init", "-backend=false", "-no-color");
    assertThat(init.exitCode()).as(init.output()).isZero();
    var result = terraform.run(module, "test", "-json");
    var runs =
        result.lines().stream()
            .filter(line -> line.path("test_run").has("status"))
            .map(line -> line.get("test_run"))
            .filter(run -> run.path("progress").asText().equals("complete"))
            .map(
                run ->
                    dynamicTest(
                        name(module) + ": " + run.get("run").asText(),
                        () ->
                            assertThat(run.get("status").asText())
                                .as(result.output())
                                .isEqualTo("pass")))
            .toList();
    assertThat(runs).as(result.output()).isNotEmpty();
    return runs;
  }

  private static String name(Path module) {
    return terraform.root().relativize(module).toString();
  }
}
